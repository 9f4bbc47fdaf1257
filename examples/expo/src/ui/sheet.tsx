// A page that comes up from below, with a heading and a way to close it.
import BottomSheet, {
  BottomSheetBackdrop,
  BottomSheetScrollView,
  type BottomSheetBackdropProps,
  type BottomSheetBackgroundProps,
} from "@gorhom/bottom-sheet";
import { useCallback, useRef, type ReactElement, type ReactNode } from "react";
import { Modal, StyleSheet, useWindowDimensions, View } from "react-native";
import { GestureHandlerRootView } from "react-native-gesture-handler";
import { useSafeAreaInsets } from "react-native-safe-area-context";
import { usePalette } from "../theme/use-palette.ts";
import { WORDS } from "../words.ts";
import { IconButton } from "./icon-button.tsx";
import { Words } from "./words.tsx";

/** What a sheet shows. */
export interface SheetProps {
  readonly title: string;
  readonly isOpen: boolean;
  /** Its content is a list that scrolls by itself, and takes most of the screen. Default false: as high as what is in it. */
  readonly isTall?: boolean;
  onClose(): void;
  readonly children: ReactNode;
}

/** Wider screens show it in their middle. Points. */
const MOST_WIDTH = 640;
/** How much of the page is seen above it. Points. */
const ABOVE = 48;

/** Takes the whole attention of a screen reader while it is open. A swipe, Android's back button and Escape close it. */
export function Sheet({ isOpen, onClose, ...rest }: SheetProps): ReactElement {
  return (
    <Modal aria-label={rest.title} visible={isOpen} transparent animationType="none" onRequestClose={onClose}>
      <GestureHandlerRootView style={styles.page}>
        <Pane onClose={onClose} {...rest} />
      </GestureHandlerRootView>
    </Modal>
  );
}

function Pane({ title, isTall = false, onClose, children }: Omit<SheetProps, "isOpen">): ReactElement {
  const { width, height } = useWindowDimensions();
  const { top, bottom } = useSafeAreaInsets();
  const sheet = useRef<BottomSheet>(null);
  const closeLabel = WORDS.screen.close(title);
  const backdrop = useCallback(
    (props: BottomSheetBackdropProps) => <Backdrop {...props} accessibilityLabel={closeLabel} />,
    [closeLabel],
  );
  const most = height - top - ABOVE;
  const heading = (
    <View style={styles.heading}>
      <Words size="title" accessibilityRole="header" style={styles.title}>
        {title}
      </Words>
      <IconButton name="close" label={closeLabel} onPress={() => sheet.current?.close()} />
    </View>
  );
  return (
    <BottomSheet
      ref={sheet}
      {...(isTall && { snapPoints: [most] })}
      enableDynamicSizing={!isTall}
      maxDynamicContentSize={most}
      enablePanDownToClose
      accessible={false}
      accessibilityRole="none"
      onClose={onClose}
      backdropComponent={backdrop}
      backgroundComponent={Back}
      handleComponent={Handle}
      style={{ marginHorizontal: Math.max(0, (width - MOST_WIDTH) / 2) }}
    >
      {isTall ? (
        <View style={styles.tall}>
          {heading}
          {children}
        </View>
      ) : (
        <BottomSheetScrollView contentContainerStyle={[styles.content, { paddingBottom: bottom + 24 }]}>
          {heading}
          {children}
        </BottomSheetScrollView>
      )}
    </BottomSheet>
  );
}

// The package's own ones call themselves sliders, to be moved by a screen reader. There is a button to close it.

function Back({ style }: BottomSheetBackgroundProps): ReactElement {
  const { surface } = usePalette();
  return <View style={[style, styles.back, { backgroundColor: surface }]} />;
}

function Handle(): ReactElement {
  const { border } = usePalette();
  return (
    <View aria-hidden style={styles.handle}>
      <View style={[styles.bar, { backgroundColor: border }]} />
    </View>
  );
}

function Backdrop(props: BottomSheetBackdropProps & { readonly accessibilityLabel: string }): ReactElement {
  const { veil } = usePalette();
  return (
    <BottomSheetBackdrop
      {...props}
      appearsOnIndex={0}
      disappearsOnIndex={-1}
      opacity={0.45}
      style={[props.style, { backgroundColor: veil }]}
    />
  );
}

const styles = StyleSheet.create({
  page: { flex: 1 },
  back: { borderTopLeftRadius: 20, borderTopRightRadius: 20 },
  handle: { padding: 10, alignItems: "center" },
  bar: { width: 32, height: 4, borderRadius: 2 },
  tall: { flex: 1, gap: 12, paddingHorizontal: 16 },
  content: { gap: 12, paddingHorizontal: 16 },
  heading: { flexDirection: "row", alignItems: "center", justifyContent: "space-between", gap: 8 },
  title: { flexShrink: 1 },
});

// The icons of the screen, each by itself: a bundler for devices takes a whole set otherwise.
import ArrowUp from "lucide-react-native/icons/arrow-up";
import Check from "lucide-react-native/icons/check";
import ChevronDown from "lucide-react-native/icons/chevron-down";
import ChevronLeft from "lucide-react-native/icons/chevron-left";
import ChevronRight from "lucide-react-native/icons/chevron-right";
import CircleAlert from "lucide-react-native/icons/circle-alert";
import Clock from "lucide-react-native/icons/clock";
import Coins from "lucide-react-native/icons/coins";
import Ellipsis from "lucide-react-native/icons/ellipsis";
import Film from "lucide-react-native/icons/film";
import ImageIcon from "lucide-react-native/icons/image";
import Layers from "lucide-react-native/icons/layers";
import Maximize2 from "lucide-react-native/icons/maximize-2";
import Menu from "lucide-react-native/icons/menu";
import Pause from "lucide-react-native/icons/pause";
import PencilLine from "lucide-react-native/icons/pencil-line";
import Plus from "lucide-react-native/icons/plus";
import RotateCcw from "lucide-react-native/icons/rotate-ccw";
import Share2 from "lucide-react-native/icons/share-2";
import SlidersHorizontal from "lucide-react-native/icons/sliders-horizontal";
import SquarePlay from "lucide-react-native/icons/square-play";
import Trash from "lucide-react-native/icons/trash";
import X from "lucide-react-native/icons/x";
import type { ReactElement } from "react";
import { View } from "react-native";
import type { Palette } from "../theme/palettes.ts";
import { usePalette } from "../theme/use-palette.ts";

const ICONS = {
  again: RotateCcw,
  check: Check,
  chevron: ChevronDown,
  clock: Clock,
  close: X,
  coin: Coins,
  delete: Trash,
  edit: PencilLine,
  film: Film,
  frame: SquarePlay,
  image: ImageIcon,
  large: Maximize2,
  layers: Layers,
  menu: Menu,
  more: Ellipsis,
  next: ChevronRight,
  pause: Pause,
  plus: Plus,
  previous: ChevronLeft,
  send: ArrowUp,
  settings: SlidersHorizontal,
  share: Share2,
  warning: CircleAlert,
} as const;

/** The name of an icon. */
export type IconName = keyof typeof ICONS;

/** How an icon looks. */
export interface IconProps {
  readonly name: IconName;
  /** Default `text`. */
  readonly tone?: keyof Palette;
  /** In place of the tone's colour. */
  readonly colour?: string;
  /** Points. Default 18. */
  readonly size?: number;
}

/** An icon. Says nothing to a screen reader: what it is on does. */
export function Icon({ name, tone = "text", colour, size = 18 }: IconProps): ReactElement {
  const palette = usePalette();
  const Drawing = ICONS[name];
  return (
    <View aria-hidden pointerEvents="none">
      <Drawing size={size} color={colour ?? palette[tone]} strokeWidth={1.75} />
    </View>
  );
}

// Keeps one broken part from taking the page down.
import { Component, type ReactNode } from "react";

interface Props {
  /** Shown in place of the children once one of them has thrown. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

/** Shows `fallback` when a child throws while it renders. */
export class ErrorBoundary extends Component<Props, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}

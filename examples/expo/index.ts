// What Metro starts with.
import { registerRootComponent } from "expo";
import { Root } from "./src/root.tsx";

registerRootComponent(Root);

import { hooksOn } from "../hooks-on.ts";

export default hooksOn("19.0");

import { hooksOn } from "../hooks-on.ts";

export default hooksOn("18.3");

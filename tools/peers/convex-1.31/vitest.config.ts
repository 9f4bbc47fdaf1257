import { sessionsOn } from "../sessions-on.ts";

export default sessionsOn("1.31");

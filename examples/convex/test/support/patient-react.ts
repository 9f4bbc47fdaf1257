// Testing Library's waits, which give up after a second, take as long as the others (`tools/patience.ts`).
import { configure } from "@testing-library/react";
import { PATIENCE } from "../../../../tools/patience.ts";

configure({ asyncUtilTimeout: PATIENCE.expect.poll.timeout });

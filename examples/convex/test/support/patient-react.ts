// Testing Library's waits give up after a second, which a busy machine does not always keep to (`tools/patience.ts`).
import { configure } from "@testing-library/react";

configure({ asyncUtilTimeout: 180_000 });

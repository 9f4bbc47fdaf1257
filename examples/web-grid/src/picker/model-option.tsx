// One model in the picker.
import { traitsOf, type ListedVideoModel } from "@video-engine/video-models";
import type { ReactNode } from "react";
import { pricing } from "../pricing.ts";
import { Icon } from "../ui/icon.tsx";
import { Logo } from "./logo.tsx";

interface Props {
  readonly model: ListedVideoModel;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** Its logo, name, what it is good for, its specs and its price. */
export function ModelOption({ model, isChosen, onChoose }: Props): ReactNode {
  const { id, label, logo, company, description, isNew, lifecycle } = model;
  return (
    <li>
      <button type="button" className="option" aria-current={isChosen || undefined} onClick={onChoose}>
        <Logo name={logo} />
        <span className="option-name">
          {label}
          {isNew && <span className="badge">New</span>}
          {lifecycle.stage === "deprecated" && <span className="badge">Ends {lifecycle.date}</span>}
        </span>
        <span className="option-text">
          {company} · {description}
        </span>
        <span className="option-specs">
          {traitsOf(id).specs.map((spec) => (
            <span key={spec} className="spec">
              {spec}
            </span>
          ))}
          <span className="spec">from {pricing.calculateVideoCost(id)} credits</span>
        </span>
        {isChosen && <Icon name="check" />}
      </button>
    </li>
  );
}

import type { ReactNode } from 'react';
import classes from './settings-section.module.css';

type SettingsSectionProps = {
  readonly title: string;
  /** What it is for, in a sentence or two. */
  readonly description: ReactNode;
  /** The button that makes one. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

/** One section of the settings: its name, what it is for, and what can be done. */
export function SettingsSection({ title, description, actions, children }: SettingsSectionProps) {
  return (
    <section aria-label={title}>
      <div className={classes.head}>
        <div className={classes.words}>
          <h2 className={classes.title}>{title}</h2>
          <p className={classes.description}>{description}</p>
        </div>
        {actions}
      </div>
      <div className={classes.body}>{children}</div>
    </section>
  );
}

type SettingsRowProps = {
  readonly title: ReactNode;
  /** Small words behind the title. */
  readonly badges?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
};

/** One thing of a list in the settings. */
export function SettingsRow({ title, badges, actions, children }: SettingsRowProps) {
  return (
    <li className={classes.row}>
      <div className={classes.line}>
        <div className={classes.name}>
          <bdi>{title}</bdi> {badges}
        </div>
        <div className={classes.actions}>{actions}</div>
      </div>
      {children !== undefined && <div className={classes.facts}>{children}</div>}
    </li>
  );
}

/** The list that rows stand in. */
export function SettingsRows({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className={classes.rows} aria-label={label}>
      {children}
    </ul>
  );
}

/** Why a section stays closed to this session. */
export function Closed({ children }: { readonly children: ReactNode }) {
  return <p className={classes.closed}>{children}</p>;
}

import { Link, useParams } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { EmptyState } from '../common/empty-state.tsx';
import { PageHeader } from '../common/page-header.tsx';
import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { BudgetsSection } from './budgets-section.tsx';
import { KeysSection } from './keys-section.tsx';
import { LimitsSection } from './limits-section.tsx';
import { ProjectsSection } from './projects-section.tsx';
import { RetentionSection } from './retention-section.tsx';
import classes from './settings-page.module.css';
import { settingsSections } from './settings-sections.ts';
import { WebhooksSection } from './webhooks-section.tsx';

type SectionName = (typeof settingsSections)[number]['name'];

const contents: Readonly<Record<SectionName, ComponentType>> = {
  projects: ProjectsSection,
  keys: KeysSection,
  budgets: BudgetsSection,
  limits: LimitsSection,
  webhooks: WebhooksSection,
  retention: RetentionSection,
  appearance: AppearanceSection,
  about: AboutSection,
};

/** Everything that is set up once: a section for each, and the address says which. */
export function SettingsPage() {
  const { section } = useParams({ from: '/settings/$section' });
  const known = settingsSections.find(({ name }) => name === section);
  const Content = known === undefined ? NoSection : contents[known.name];
  return (
    <div className={classes.page}>
      <PageHeader title="Settings" />
      <div className={classes.columns}>
        <nav aria-label="Settings" className={classes.nav}>
          {settingsSections.map(({ name, title, icon: Icon }) => (
            <Link
              key={name}
              to="/settings/$section"
              params={{ section: name }}
              className={classes.link}
              activeOptions={{ includeSearch: false }}
            >
              <Icon size={17} stroke={1.6} aria-hidden />
              {title}
            </Link>
          ))}
        </nav>
        <div className={classes.content}>
          <Content />
        </div>
      </div>
    </div>
  );
}

function NoSection() {
  return <EmptyState title="There is no such section">Choose one of the list.</EmptyState>;
}

import { Button } from '@mantine/core';
import type { Budget } from '@pictor/sdk';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../common/empty-state.tsx';
import { formatUsd } from '../common/format-values.ts';
import { Loaded } from '../common/loaded.tsx';
import { ToneBadge } from '../common/tone-badge.tsx';
import { useActiveProject } from '../session/use-active-project.ts';
import { useKeyNames } from '../session/use-key-names.ts';
import { BudgetBar } from '../spend/budget-bar.tsx';
import { toBudgetTitle } from '../spend/budget-words.ts';
import { useBudgets } from '../spend/use-budgets.ts';
import { BudgetDialog, DeleteBudgetDialog } from './budget-dialog.tsx';
import { Closed, SettingsRow, SettingsRows, SettingsSection } from './settings-section.tsx';

type Doing = { readonly act: 'change' | 'delete'; readonly budget: Budget };

/** Budgets of the active project and of its keys. */
export function BudgetsSection() {
  const project = useActiveProject();
  const budgets = useBudgets();
  const names = useKeyNames();
  const navigate = useNavigate({ from: '/settings/$section' });
  const { make } = useSearch({ from: '/settings/$section' });
  const [doing, setDoing] = useState<Doing | null>(null);
  const setMake = (open: boolean): void =>
    void navigate({ search: (search) => ({ ...search, make: open ? true : undefined }), replace: true });
  return (
    <SettingsSection
      title="Budgets"
      description="How much may be spent in a day, a month, or at all. A hard budget refuses requests before a provider is called; a soft one lets them through with a warning."
      actions={
        project.mayManage && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMake(true)}>
            New budget
          </Button>
        )
      }
    >
      {!project.mayManage && <CannotChange />}
      <Loaded query={budgets} what="The budgets">
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title="No budgets yet">
              Nothing stops spending now. A hard budget for the month is a good first one.
            </EmptyState>
          ) : (
            <SettingsRows label="Budgets">
              {data.map((budget) => (
                <SettingsRow
                  key={budget.id}
                  title={toBudgetTitle(budget, names)}
                  badges={
                    <ToneBadge tone={budget.mode === 'hard' ? 'accent' : 'warn'}>{budget.mode}</ToneBadge>
                  }
                  actions={
                    project.mayManage && (
                      <>
                        <Button
                          size="xs"
                          variant="default"
                          onClick={() => setDoing({ act: 'change', budget })}
                        >
                          Change
                        </Button>
                        <Button
                          size="xs"
                          variant="default"
                          c="var(--bad-ink)"
                          onClick={() => setDoing({ act: 'delete', budget })}
                        >
                          Delete
                        </Button>
                      </>
                    )
                  }
                >
                  <BudgetBar budget={budget} />
                  {formatUsd(budget.remaining)} left
                </SettingsRow>
              ))}
            </SettingsRows>
          )
        }
      </Loaded>
      {make === true && project.mayManage && <BudgetDialog onClose={() => setMake(false)} />}
      {doing?.act === 'change' && <BudgetDialog budget={doing.budget} onClose={() => setDoing(null)} />}
      {doing?.act === 'delete' && <DeleteBudgetDialog budget={doing.budget} onClose={() => setDoing(null)} />}
    </SettingsSection>
  );
}

/** Said above lists that this session may only look at. */
export function CannotChange() {
  return (
    <Closed>
      You can look, and change nothing: the key that you signed in with does not have the scope{' '}
      <code>manage</code>.
    </Closed>
  );
}

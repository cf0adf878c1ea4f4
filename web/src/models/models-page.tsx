import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { PageHeader } from '../common/page-header.tsx';
import { ModelCatalogue } from './model-catalogue.tsx';
import classes from './models-page.module.css';
import { ProviderList } from './provider-list.tsx';

/** Which models there are, what they can do and cost, and who serves them. */
export function ModelsPage() {
  const { tab } = useSearch({ from: '/models' });
  const navigate = useNavigate({ from: '/models' });
  return (
    <div className={classes.page}>
      <PageHeader
        title="Models and providers"
        description="What can be called here now, with what it can do, what it costs, and how long it will be there."
      />
      <Tabs
        className={classes.tabs}
        value={tab ?? 'models'}
        onChange={(value) => void navigate({ search: value === 'providers' ? { tab: 'providers' } : {} })}
      >
        <Tabs.List>
          <Tabs.Tab value="models">Models</Tabs.Tab>
          <Tabs.Tab value="providers">Providers</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="models">{tab === undefined && <ModelCatalogue />}</Tabs.Panel>
        <Tabs.Panel value="providers">{tab === 'providers' && <ProviderList />}</Tabs.Panel>
      </Tabs>
    </div>
  );
}

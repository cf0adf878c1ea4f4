import { ActionIcon, CopyButton } from '@mantine/core';
import type { RequestSummary } from '@pictor/sdk';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import {
  formatDuration,
  formatParameterName,
  formatParameterValue,
  formatUsd,
} from '../common/format-values.ts';
import { RelativeTime } from '../common/relative-time.tsx';
import classes from './request-facts.module.css';
import { nameKind } from './request-kind.ts';
import { RequestStatusLabel } from './request-status.tsx';

/** What is known about a request, as names and values. */
export function RequestFacts({ request }: { readonly request: RequestSummary }) {
  const { model, model_id: modelId, engine, provider, duration_ms: durationMs } = request;
  return (
    <dl className={classes.facts}>
      <Fact name="Status">
        <RequestStatusLabel status={request.status} />
      </Fact>
      {request.kind !== 'generate' && <Fact name="Kind">{nameKind(request)}</Fact>}
      <Fact name="Model">{model === modelId ? model : `${model} → ${modelId}`}</Fact>
      {engine !== null && (
        <Fact name="Engine">
          {provider === null || provider === engine ? engine : `${engine} (${provider})`}
        </Fact>
      )}
      <Fact name="Cost">
        <RequestCost request={request} />
      </Fact>
      {durationMs !== null && <Fact name="Duration">{formatDuration(durationMs)}</Fact>}
      <Fact name="Asked">
        <RelativeTime at={request.created_at} />
      </Fact>
      {request.images.length === 0 &&
        Object.entries(request.parameters).map(([name, value]) => (
          <Fact key={name} name={formatParameterName(name)}>
            {formatParameterValue(value)}
          </Fact>
        ))}
      <Fact name="Request">
        <span className={classes.id}>{request.id}</span>
        <CopyId id={request.id} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What a request cost; unknown is never shown as nothing. */
export function RequestCost({ request }: { readonly request: RequestSummary }) {
  const { cost, list_cost: listCost, model_id: modelId } = request;
  if (request.status === 'running') return 'not known yet';
  const paid = cost === null ? 'unknown' : cost === 0 ? 'free' : formatUsd(cost);
  if (listCost === null || listCost === cost) return paid;
  return (
    <>
      {paid}
      <span className={classes.soft}>
        {' · '}
        {modelId} would have cost {formatUsd(listCost)}
      </span>
    </>
  );
}

function CopyId({ id }: { readonly id: string }) {
  return (
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <ActionIcon
          className={classes.copy ?? ''}
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={copied ? 'Copied' : 'Copy the id of the request'}
          title={copied ? 'Copied' : 'Copy the id'}
          onClick={copy}
        >
          {copied ? <IconCheck size={14} /> : <IconCopy size={14} stroke={1.7} />}
        </ActionIcon>
      )}
    </CopyButton>
  );
}

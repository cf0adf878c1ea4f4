import type { Model, ParameterRule } from '@pictor/sdk';
import type { ReactNode } from 'react';
import classes from './model-catalogue.module.css';
import { describeEndpoints, describeSizes, listRates } from './model-facts.ts';

/** Everything that the catalogue knows of a model, with its sources. */
export function ModelDetails({ model }: { readonly model: Model }) {
  const { aliases, size, output_formats: formats = [], parameters, price, lifecycle } = model.pictor;
  const rates = listRates(price);
  return (
    <dl className={classes.details}>
      <Fact name="Can">{describeEndpoints(model)}</Fact>
      {aliases.length > 0 && <Fact name="Also called">{aliases.join(', ')}</Fact>}
      <Fact name="Sizes">{describeSizes(size)}</Fact>
      {formats.length > 0 && <Fact name="Formats">{formats.join(', ')}</Fact>}
      <Fact name="Price">
        {price === null || price === undefined ? (
          <span className={classes.unknown}>
            unknown: what it costs cannot be told, and a hard budget refuses it
          </span>
        ) : (
          <>
            {rates.length === 0 ? (
              'free'
            ) : (
              <ul className={classes.rates}>
                {rates.map(({ what, cost }) => (
                  <li key={what}>
                    <span>{what}</span> <strong>{cost}</strong>
                  </li>
                ))}
              </ul>
            )}
            <Source from={price.source} date={price.source_date}>
              holds since {price.from}
            </Source>
          </>
        )}
      </Fact>
      {lifecycle !== undefined && (
        <Fact name="Life">
          {tellLife(lifecycle)}
          <Source from={lifecycle.source} date={lifecycle.source_date} />
        </Fact>
      )}
      <Fact name="Parameters">
        <ul className={classes.parameters}>
          {Object.entries(parameters).map(([name, rule]) => (
            <li key={name}>
              <code>{name}</code> {describeRule(rule)}
            </li>
          ))}
        </ul>
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

type SourceProps = { readonly from: string; readonly date: string; readonly children?: ReactNode };

function Source({ from, date, children }: SourceProps) {
  const isLink = /^https?:\/\//.test(from);
  return (
    <p className={classes.source}>
      {children}
      {children !== undefined && ' · '}
      {isLink ? (
        <a href={from} rel="noreferrer" target="_blank">
          {new URL(from).hostname}
        </a>
      ) : (
        from
      )}
      , read on {date}
    </p>
  );
}

function tellLife(lifecycle: NonNullable<Model['pictor']['lifecycle']>): string {
  const { released, retired, shutdown, replacement } = lifecycle;
  const parts = [
    released === null ? null : `released on ${released}`,
    shutdown === null ? null : `shut down on ${shutdown}`,
    retired === null ? null : `retired on ${retired}`,
    replacement === null ? null : `replaced by ${replacement}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'no end is announced' : parts.join(', ');
}

function describeRule(rule: ParameterRule): string {
  switch (rule.kind) {
    case 'choice':
      return `${rule.values.join(', ')}; ${rule.default} by default`;
    case 'choices':
      return `any of ${rule.values.join(', ')}`;
    case 'integer':
    case 'number':
      return `${rule.min} to ${rule.max}${rule.default === undefined ? '' : `; ${rule.default} by default`}`;
    case 'text':
      return `text, ${rule.maxLength.toLocaleString('en')} characters`;
    case 'flag':
      return `true or false; ${rule.default} by default`;
  }
}

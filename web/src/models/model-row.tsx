import { Button } from '@mantine/core';
import type { Model } from '@pictor/sdk';
import { IconAlertTriangle, IconBrush, IconChevronDown } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { ToneBadge } from '../common/tone-badge.tsx';
import classes from './model-catalogue.module.css';
import { ModelDetails } from './model-details.tsx';
import { abilityWords, canDo, tellPrice } from './model-facts.ts';
import { abilities } from './models-search.ts';
import { vendorNames } from './vendor-names.ts';

type ModelRowProps = {
  readonly model: Model;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
};

/** One model: what it is called, what it can do, what it costs, and whether it will stay. */
export function ModelRow({ model, isOpen, onToggle }: ModelRowProps) {
  const { title, vendor, engine, stand_in: standIn, warnings, endpoints, price } = model.pictor;
  const makesImages = endpoints.includes('images.generations');
  return (
    <li className={classes.row}>
      <div className={classes.line}>
        <div className={classes.name}>
          <h3 className={classes.title}>{title}</h3>
          <span className={classes.id}>
            <code>{model.id}</code> · {vendorNames[vendor] ?? vendor} ·{' '}
            {standIn ? `${engine} stands in` : `by ${engine}`}
          </span>
        </div>
        <div className={classes.abilities}>
          {abilities
            .filter((ability) => canDo(model, ability))
            .map((ability) => (
              <ToneBadge key={ability} tone="plain">
                {abilityWords[ability]}
              </ToneBadge>
            ))}
        </div>
        <span className={classes.price}>{tellPrice(price)}</span>
        <div className={classes.actions}>
          {makesImages && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconBrush size={14} aria-hidden />}
              aria-label={`Try ${title} in the playground`}
              renderRoot={(props) => <Link {...props} to="/" search={{ model: model.id }} />}
            >
              Try
            </Button>
          )}
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            aria-expanded={isOpen}
            aria-label={`Facts of ${title}`}
            rightSection={
              <IconChevronDown size={14} aria-hidden className={isOpen ? classes.up : undefined} />
            }
            onClick={() => onToggle(!isOpen)}
          >
            Facts
          </Button>
        </div>
      </div>
      {warnings.map((warning) => (
        <p key={warning} className={classes.warning}>
          <IconAlertTriangle size={15} aria-hidden /> {warning}
        </p>
      ))}
      {isOpen && <ModelDetails model={model} />}
    </li>
  );
}

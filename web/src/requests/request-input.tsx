import type { RequestSummary } from '@pictor/sdk';
import { formatSize } from '../common/format-values.ts';
import { useGoTo } from '../common/use-go-to.ts';
import classes from './request-input.module.css';

/** What went in: words, pictures, parameters, and the saved prompt that they came from. */
export function RequestInput({ request }: { readonly request: RequestSummary }) {
  const goTo = useGoTo();
  const { inputs, parameters, prompt, saved_prompt: saved } = request;
  const { input, output } = request.blueprint;
  return (
    <div className={classes.input}>
      {saved !== null && (
        <p className={classes.saved}>
          From the saved prompt{' '}
          <a {...goTo(`/prompts/${saved.id}${saved.version === null ? '' : `?version=${saved.version}`}`)}>
            {saved.name ?? saved.id}
            {saved.version !== null && `, version ${saved.version}`}
          </a>
          {saved.label !== null && ` (${saved.label})`}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keys. */}
      <blockquote className={classes.prompt} tabIndex={0}>
        {prompt === '' ? 'No prompt' : prompt}
      </blockquote>
      {saved !== null && Object.keys(saved.variables).length > 0 && (
        <Values title="Variables" values={saved.variables} />
      )}
      {inputs.length > 0 && (
        <ul className={classes.pictures} aria-label="Pictures that went in">
          {inputs.map((picture) => (
            <li key={picture.id}>
              <a {...goTo(`/images?image=${picture.id}`)}>
                <img
                  src={picture.thumbnail_url}
                  alt={picture.role === 'mask' ? 'Mask' : 'Input picture'}
                  width={96}
                  height={96}
                  loading="lazy"
                />
              </a>
              <span>
                {picture.role} · {formatSize(`${picture.width}x${picture.height}`)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Values title="Parameters" values={parameters} />
      {input !== null && <Blueprint title="Input blueprint, as told" value={input} />}
      {output !== null && <Blueprint title="Output blueprint, as told" value={output} />}
    </div>
  );
}

type ValuesProps = { readonly title: string; readonly values: Readonly<Record<string, unknown>> };

function Values({ title, values }: ValuesProps) {
  const entries = Object.entries(values);
  if (entries.length === 0)
    return <p className={classes.none}>{title}: none, so the usual ones were used.</p>;
  return (
    <div>
      <h3>{title}</h3>
      <dl className={classes.values}>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Blueprint({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <details>
      <summary>{title}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keys. */}
      <pre className={classes.code} data-scrolls-sideways tabIndex={0}>
        {JSON.stringify(value, null, 2)}
      </pre>
    </details>
  );
}

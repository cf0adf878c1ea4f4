import type { PromptTemplate } from '@pictor/sdk';
import { Link } from '@tanstack/react-router';
import { BlockList } from './block-list.tsx';
import { FormatControl } from './format-control.tsx';
import { MessageList } from './message-list.tsx';
import { ProblemList } from './problem-list.tsx';
import { Section } from './section.tsx';
import classes from './template-section.module.css';
import type { Problem, useCheck } from './use-check.ts';

type TemplateSectionProps = {
  readonly template: PromptTemplate;
  readonly onChange: (template: PromptTemplate) => void;
  readonly check: ReturnType<typeof useCheck>['data'];
  readonly problems: readonly Problem[];
};

/** The words: one text with its blocks, or the messages of a chat; and what is found in them. */
export function TemplateSection({ template, onChange, check, problems }: TemplateSectionProps) {
  const isCompletion = template.type === 'completion';
  return (
    <Section
      title={isCompletion ? 'Text' : 'Messages'}
      aside={
        isCompletion && (
          <FormatControl
            label="How variables are written"
            value={template.template_format}
            onChange={(template_format) => onChange({ ...template, template_format })}
          />
        )
      }
    >
      {isCompletion ? (
        <BlockList
          owner="Text"
          blocks={template.content}
          onChange={(content) => onChange({ ...template, content })}
        />
      ) : (
        <MessageList
          messages={template.messages}
          onChange={(messages) => onChange({ ...template, messages })}
        />
      )}
      <ProblemList problems={problems} />
      {check !== undefined && <Found variables={check.variables} snippets={check.snippets} />}
    </Section>
  );
}

type FoundProps = {
  readonly variables: readonly string[];
  readonly snippets: readonly { readonly name: string; readonly resolvedVersion: number }[];
};

/** Variables and snippets of the texts as they stand. */
function Found({ variables, snippets }: FoundProps) {
  return (
    <dl className={classes.found}>
      <div>
        <dt>Variables</dt>
        <dd>
          {variables.length === 0 && 'none'}
          {variables.map((name) => (
            <code key={name} className={classes.variable}>
              {name}
            </code>
          ))}
        </dd>
      </div>
      {snippets.length > 0 && (
        <div>
          <dt>Snippets</dt>
          <dd>
            {snippets.map(({ name, resolvedVersion }) => (
              <Link
                key={`${name} ${resolvedVersion}`}
                to="/prompts/$promptId"
                params={{ promptId: name }}
                search={{ version: resolvedVersion }}
                className={classes.snippet}
              >
                {name} v{resolvedVersion}
              </Link>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}

import type { RouteCase } from './route-case.ts';

const ofDataset: RouteCase = { params: { id: 'dataset' } };
const ofRow: RouteCase = { params: { id: 'dataset', row: 'datasetRow' } };
const ofEvaluation: RouteCase = { params: { id: 'evaluation' } };
const ofRun: RouteCase = { params: { run: 'evaluationRun' } };

/** Routes of datasets, evaluations and their runs. */
export const evaluationCases: Readonly<Record<string, readonly RouteCase[]>> = {
  'GET /api/datasets': [{}],
  'POST /api/datasets': [{ body: ({ dataset }) => ({ name: `Like ${dataset}` }), namesNothing: true }],
  'GET /api/datasets/:id': [ofDataset],
  'PATCH /api/datasets/:id': [{ ...ofDataset, body: () => ({ description: 'mine' }) }],
  'DELETE /api/datasets/:id': [ofDataset],
  'GET /api/datasets/:id/rows': [ofDataset, { ...ofDataset, query: () => ({ version: '1' }) }],
  'POST /api/datasets/:id/rows': [{ ...ofDataset, body: () => ({ rows: [{ values: { word: 'mine' } }] }) }],
  'PATCH /api/datasets/:id/rows/:row': [{ ...ofRow, body: () => ({ values: { word: 'mine' } }) }],
  'POST /api/datasets/:id/rows/delete': [{ ...ofDataset, body: ({ datasetRow }) => ({ ids: [datasetRow] }) }],
  'POST /api/datasets/:id/import': [
    { ...ofDataset, form: () => [['file', Buffer.from('word\nmine\n'), 'rows.csv']] },
  ],
  'POST /api/datasets/:id/import-requests': [{ ...ofDataset, body: () => ({ q: 'secret plan' }) }],
  'GET /api/datasets/:id/versions': [ofDataset],
  'POST /api/datasets/:id/versions': [{ ...ofDataset, body: () => ({ note: 'mine' }) }],
  'POST /api/datasets/:id/versions/:version/restore': [
    { params: { id: 'dataset', version: '=1' }, body: () => ({}) },
  ],

  'POST /promptlayer/reports': [
    { body: () => ({ dataset_group_id: 1, name: 'Over a foreign dataset' }), namesNothing: true },
  ],
  'POST /promptlayer/reports/:id/run': [{ params: { id: '=1' }, body: () => ({}), namesNothing: true }],
  'PATCH /promptlayer/reports/:id/score-card': [
    { params: { id: '=1' }, body: () => ({ column_names: ['liked'] }), namesNothing: true },
  ],
  'DELETE /promptlayer/reports/:id': [{ params: { id: '=999' }, namesNothing: true }],
  'POST /promptlayer/report-columns': [
    {
      body: () => ({ report_id: 1, column_type: 'VARIABLE', name: 'mine', configuration: { value: 1 } }),
      namesNothing: true,
    },
  ],
  'DELETE /promptlayer/report-columns/:id': [{ params: { id: '=1-col_9' }, namesNothing: true }],
  'GET /promptlayer/reports/:id': [{ params: { id: '=1' }, namesNothing: true }],
  'GET /promptlayer/reports/:id/score': [{ params: { id: '=1' }, namesNothing: true }],
  'GET /promptlayer/api/public/v2/datasets': [{}],
  'GET /promptlayer/api/public/v2/datasets/:id/rows': [{ params: { id: '=1' }, namesNothing: true }],
  'POST /promptlayer/api/public/v2/dataset-groups': [{ body: () => ({ name: '' }), namesNothing: true }],
  'POST /promptlayer/api/public/v2/dataset-versions/from-file': [
    { body: () => ({ dataset_group_id: 1, file_name: 'rows.csv' }), namesNothing: true },
  ],
  'POST /promptlayer/api/public/v2/dataset-versions/save-draft': [
    { body: () => ({ dataset_group_id: 1 }), namesNothing: true },
  ],

  'GET /api/checks': [{ namesNothing: true }],
  'GET /api/evaluations': [{}],
  'POST /api/evaluations': [{ body: ({ dataset }) => ({ name: 'Over a foreign dataset', dataset }) }],
  'GET /api/evaluations/:id': [ofEvaluation],
  'PATCH /api/evaluations/:id': [{ ...ofEvaluation, body: () => ({ description: 'mine' }) }],
  'DELETE /api/evaluations/:id': [ofEvaluation],
  'POST /api/evaluations/:id/estimate': [{ ...ofEvaluation, body: () => ({}) }],
  'GET /api/evaluations/:id/runs': [ofEvaluation],
  'POST /api/evaluations/:id/runs': [{ ...ofEvaluation, body: () => ({}) }],
  'GET /api/evaluations/:id/gates': [ofEvaluation],
  'POST /api/evaluations/:id/gates': [{ ...ofEvaluation, body: ({ prompt }) => ({ prompt }) }],
  'DELETE /api/evaluations/:id/gates/:gate': [{ params: { id: 'evaluation', gate: 'gate' } }],
  'GET /api/evaluation-runs/:run': [ofRun],
  'DELETE /api/evaluation-runs/:run': [ofRun],
  'POST /api/evaluation-runs/:run/cancel': [{ ...ofRun, body: () => ({}) }],
  'POST /api/evaluation-runs/:run/rerun': [{ ...ofRun, body: () => ({ only: 'failed' }) }],
  'GET /api/evaluation-runs/:run/rows': [ofRun],
  'GET /api/evaluation-runs/:run/rows/:row': [{ params: { run: 'evaluationRun', row: 'datasetRow' } }],
  'GET /api/evaluation-runs/:run/rating-tasks': [ofRun],
  'GET /api/evaluation-runs/:run/ratings': [ofRun],
  'POST /api/evaluation-runs/:run/ratings': [
    {
      ...ofRun,
      body: ({ datasetRow }) => ({ row: datasetRow, column: 'liked', value: true }),
    },
  ],
  'GET /api/evaluation-runs/:run/agreement': [ofRun],
  'GET /api/evaluation-runs/:run/compare': [
    { ...ofRun, query: ({ evaluationRun }) => ({ with: evaluationRun }) },
  ],
};

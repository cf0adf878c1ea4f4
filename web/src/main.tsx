import './app/interpret-schemas.ts';
import './app/mantine-styles.ts';
import './app/global.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);

import '../panel/panel.css';
import './theme.css';
import './page.css';
// Before the panel: it connects as soon as it is loaded.
import './page-host.ts';
import { render } from 'preact';
import { Panel } from '../panel/panel.tsx';

const root = document.getElementById('root');
if (root !== null) {
  root.replaceChildren();
  render(<Panel page />, root);
}

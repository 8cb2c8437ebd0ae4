import './sidebar.css';
import { render } from 'preact';
import { Sidebar } from './sidebar.tsx';

const root = document.getElementById('root');
if (root !== null) render(<Sidebar />, root);

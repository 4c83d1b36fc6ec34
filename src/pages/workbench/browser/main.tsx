import '../../design/base.css';
import { render } from 'preact';

const root = document.getElementById('app');
if (root !== null) {
  root.textContent = '';
  render(<p>Ready.</p>, root);
}

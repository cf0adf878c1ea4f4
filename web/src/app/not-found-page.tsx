import { Link } from '@tanstack/react-router';
import { usePageTitle } from '../common/use-page-title.ts';
import classes from './not-found-page.module.css';

/** What an address without a page shows. */
export function NotFoundPage() {
  usePageTitle('Nothing here');
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>There is nothing here</h1>
      <p>
        This address leads to no page. <Link to="/">Go to the pictures</Link>
      </p>
    </div>
  );
}

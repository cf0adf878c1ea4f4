import { Drawer } from '@mantine/core';
import { MainNav } from './main-nav.tsx';

/** The places of the app, over the page. */
export function NavDrawer({ onClose }: { readonly onClose: () => void }) {
  return (
    <Drawer
      opened
      onClose={onClose}
      title="Pictor"
      size="16rem"
      closeButtonProps={{ 'aria-label': 'Close navigation' }}
    >
      <MainNav onChoose={onClose} />
    </Drawer>
  );
}

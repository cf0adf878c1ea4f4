// In a layer, so that the styles of the app win without being longer.
import '@mantine/core/styles.layer.css';

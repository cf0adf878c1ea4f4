import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 networks that are nobody's on the open internet, or that answer only to the machine they run on. */
const closedIpv4Networks: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8], // this network; 0.0.0.0 reaches the machine itself
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared by carriers; 100.100.100.200 is a metadata service
  ['127.0.0.0', 8], // loopback
  ['168.63.129.16', 32], // Azure's service for its own machines, although the address looks public
  ['169.254.0.0', 16], // link-local; 169.254.169.254 is the metadata service of most clouds
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments; 192.0.0.192 is a metadata service
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // relays of 6to4, no longer in use
  ['192.168.0.0', 16], // private
  ['198.18.0.0', 15], // benchmarking
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
];

/** IPv6 networks whose last 32 bits are the IPv4 address that is really reached. */
const carriersOfIpv4: readonly string[] = [
  '::ffff:', // IPv4-mapped
  '64:ff9b::', // NAT64, by which networks without IPv4 reach every public IPv4 host
];

/** Only this part of IPv6 is given out as global addresses: everything outside it is closed from the start. */
const globalIpv6: readonly [network: string, prefix: number] = ['2000::', 3];

const closedIpv6Networks: readonly (readonly [network: string, prefix: number])[] = [
  ['2001::', 23], // protocol assignments: Teredo, benchmarking, ORCHID
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4, which carries any IPv4 address and is no longer in use
  ['3fff::', 20], // documentation
];

const closed = listClosed();
const open = listOpen();

/**
 * Is this address, as a resolver or a URL writes it, one that anybody on the internet may reach? False for
 * everything that is no plain address, names and zones (`fe80::1%eth0`) included.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  return open.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

function listClosed(): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of closedIpv4Networks) {
    list.addSubnet(network, prefix, 'ipv4');
    for (const carrier of carriersOfIpv4) list.addSubnet(`${carrier}${network}`, 96 + prefix, 'ipv6');
  }
  for (const [network, prefix] of closedIpv6Networks) list.addSubnet(network, prefix, 'ipv6');
  return list;
}

function listOpen(): BlockList {
  const list = new BlockList();
  list.addSubnet(...globalIpv6, 'ipv6');
  for (const carrier of carriersOfIpv4) list.addSubnet(`${carrier}0.0.0.0`, 96, 'ipv6');
  return list;
}

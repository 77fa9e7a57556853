/** What `dd.getNetworkType` answers. https://open.dingtalk.com/document/development/dd-getnetworktype */
export function networkType(): { networkType: string; networkAvailable: boolean } {
  return navigator.onLine
    ? { networkType: "WIFI", networkAvailable: true }
    : { networkType: "NOTREACHABLE", networkAvailable: false };
}

/** What `dd.onNetworkStatusChange` reports. */
export function networkStatus(): { networkType: string; isConnected: boolean } {
  const { networkAvailable, ...type } = networkType();
  return { ...type, isConnected: networkAvailable };
}

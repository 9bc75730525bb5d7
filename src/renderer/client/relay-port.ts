/** A port that can be ended from this side: whoever listens hears `close`, as when the other side goes. */
export interface RelayPort {
  postMessage: MessagePort['postMessage'];
  addEventListener: MessagePort['addEventListener'];
  end(): void;
}

export function createRelayPort(port: MessagePort): RelayPort {
  const closing = new EventTarget();
  const addEventListener = (type: string, listener: EventListener) => {
    if (type === 'close') closing.addEventListener(type, listener);
    else port.addEventListener(type, listener);
  };
  const announce = () => closing.dispatchEvent(new Event('close'));
  port.addEventListener('close', announce);
  port.start();
  return {
    postMessage: port.postMessage.bind(port) as MessagePort['postMessage'],
    addEventListener: addEventListener as MessagePort['addEventListener'],
    end() {
      port.close();
      announce();
    },
  };
}

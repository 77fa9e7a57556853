import { Button, Flex, Result } from "antd";
import { observer } from "mobx-react-lite";
import type { AuthoriseStore } from "../../../client/stores/enterprise/authorise";
import { navigate } from "../../router";
import { SyncPanel } from "../sync-panel";
import { useAuthorisationWords } from "../text/authorisation";

/** Authorised: the first synchronisation with its progress, and where to go next. */
export const SyncStep = observer(function SyncStep({ store, close }: { store: AuthoriseStore; close: () => void }) {
  const words = useAuthorisationWords();
  const { enterprise } = store;
  if (!enterprise) return null;
  const leave = (): void => {
    close();
    void store.reset();
  };
  return (
    <Result
      status="success"
      title={words.authorised(enterprise.name)}
      extra={
        <Flex gap={8} justify="center" wrap>
          <Button onClick={() => void store.reset()}>{words.addAnother}</Button>
          <Button
            type="primary"
            onClick={() => {
              leave();
              navigate(`/console/members?enterprise=${enterprise.id}`);
            }}
          >
            {words.goToMembers}
          </Button>
        </Flex>
      }
    >
      <SyncPanel enterpriseId={enterprise.id} />
    </Result>
  );
});

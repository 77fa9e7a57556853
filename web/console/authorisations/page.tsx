import { Button, Col, Empty, Row, Tooltip } from "antd";
import { observer } from "mobx-react-lite";
import { useEffect, useState } from "react";
import { listEnterprises, type EnterpriseList } from "../../../client/api/enterprise";
import { AuthoriseStore } from "../../../client/stores/enterprise/authorise";
import { useApp } from "../../app-context";
import { browserStorage } from "../../storage";
import { ConsolePage, Loaded, useResource } from "../page";
import { useAuthorisationWords } from "../text/authorisation";
import { useShellWords } from "../text/shell";
import { AddDialog } from "./add-dialog";
import { EnterpriseTile } from "./enterprise-tile";

/** DingTalk API Authorization: the authorised enterprises, and the way to add one. */
export const AuthorisationsPage = observer(function AuthorisationsPage() {
  const { call } = useApp();
  const words = useAuthorisationWords();
  const shell = useShellWords();
  const list = useResource(() => listEnterprises(call), "");
  const [store] = useState(() => new AuthoriseStore({ call, storage: browserStorage }));
  const [open, setOpen] = useState(false);
  useEffect(() => void store.restore(), [store]);

  const add = list.data && <AddButton list={list.data} add={() => setOpen(true)} />;
  const intro = list.data ? `${words.intro} ${words.places(list.data.used, list.data.limit)}` : words.intro;
  return (
    <ConsolePage title={shell.enterprises} intro={intro} actions={add}>
      <Loaded resource={list}>
        {(data) => (
          <>
            {data.enterprises.length === 0 && (
              <Empty
                description={<Hint title={words.empty} advice={data.mayAdd ? words.emptyHint : words.ownerOnly} />}
              />
            )}
            <Row gutter={[16, 16]}>
              {data.enterprises.map((enterprise) => (
                <Col key={enterprise.id} xs={24} md={12} xl={8}>
                  <EnterpriseTile
                    enterprise={enterprise}
                    changed={() => void list.load()}
                    restore={() => {
                      store.change({ corpId: enterprise.corpId, kind: enterprise.appKind });
                      store.go("corp");
                      setOpen(true);
                    }}
                  />
                </Col>
              ))}
            </Row>
            <AddDialog
              store={store}
              list={data}
              open={open}
              close={() => {
                setOpen(false);
                void list.load();
              }}
            />
          </>
        )}
      </Loaded>
    </ConsolePage>
  );
});

function Hint({ title, advice }: { title: string; advice: string }) {
  return (
    <>
      <strong>{title}</strong>
      <div>{advice}</div>
    </>
  );
}

const AddButton = observer(function AddButton({ list, add }: { list: EnterpriseList; add: () => void }) {
  const words = useAuthorisationWords();
  const full = list.used >= list.limit;
  const why = !list.mayAdd ? words.ownerOnly : full ? words.full(list.limit) : "";
  return (
    <Tooltip title={why}>
      <Button type="primary" disabled={why !== ""} onClick={add} aria-describedby={why ? "add-why" : undefined}>
        {words.add}
      </Button>
      {why && (
        <span id="add-why" className="unseen">
          {why}
        </span>
      )}
    </Tooltip>
  );
});

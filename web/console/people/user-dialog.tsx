import { Form, Input, Modal, Select } from "antd";
import { observer } from "mobx-react-lite";
import { useState } from "react";
import type { Role } from "../../../core/contract/session/session";
import { addUser, editUser, type EnterpriseUser } from "../../../client/api/user";
import { useApp } from "../../app-context";
import { useDoing } from "../say";
import { usePeopleWords } from "../text/people";
import { useShellWords } from "../text/shell";
import { ROLES } from "./roles";

interface Fields {
  login: string;
  name: string;
  password?: string;
  role: Role;
  mobile?: string;
  email?: string;
  jobNumber?: string;
}

/** A new local account, or what is known of one. */
export const UserDialog = observer(function UserDialog({
  enterpriseId,
  user,
  close,
}: {
  enterpriseId: string;
  user: EnterpriseUser | null;
  close: (done: boolean) => void;
}) {
  const { call } = useApp();
  const words = usePeopleWords();
  const shell = useShellWords();
  const doing = useDoing();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const submit = async (fields: Fields): Promise<void> => {
    setBusy(true);
    const { name, role } = fields;
    const contact = { mobile: fields.mobile || null, email: fields.email || null, jobNumber: fields.jobNumber || null };
    const done = await doing(async () => {
      if (user) await editUser(call, enterpriseId, user.id, { name, role, ...contact });
      else {
        const password = fields.password ? { password: fields.password } : {};
        await addUser(call, enterpriseId, { login: fields.login, name, role, ...contact, ...password });
      }
    }, shell.saved);
    setBusy(false);
    if (done) close(true);
  };
  const known = user && {
    login: user.login,
    name: user.name,
    role: user.role,
    mobile: user.mobile ?? "",
    email: user.email ?? "",
    jobNumber: user.jobNumber ?? "",
  };
  return (
    <Modal
      open
      title={user ? words.editUser : words.addLocal}
      okText={shell.save}
      cancelText={shell.cancel}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={() => close(false)}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={known ?? { role: "viewer" }}
        onFinish={(fields) => void submit(fields)}
      >
        <Form.Item name="login" label={words.login} rules={[{ required: true, whitespace: true }]}>
          <Input disabled={user !== null} autoComplete="off" maxLength={200} />
        </Form.Item>
        <Form.Item name="name" label={words.name} rules={[{ required: true, whitespace: true }]}>
          <Input autoComplete="off" maxLength={100} />
        </Form.Item>
        {!user && (
          <Form.Item name="password" label={words.password} extra={words.passwordHint} rules={[{ min: 10 }]}>
            <Input.Password autoComplete="new-password" maxLength={200} />
          </Form.Item>
        )}
        <Form.Item name="role" label={words.role} rules={[{ required: true }]}>
          <Select options={ROLES.map((value) => ({ value, label: shell.roles[value] }))} />
        </Form.Item>
        <Form.Item name="mobile" label={words.mobile}>
          <Input inputMode="tel" maxLength={30} />
        </Form.Item>
        <Form.Item name="email" label={words.email} rules={[{ type: "email" }]}>
          <Input inputMode="email" maxLength={200} />
        </Form.Item>
        <Form.Item name="jobNumber" label={words.jobNumber}>
          <Input maxLength={100} />
        </Form.Item>
      </Form>
    </Modal>
  );
});

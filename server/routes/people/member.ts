import { memberRoutes } from "../../../core/contract/people/member";
import { userRoutes } from "../../../core/contract/people/user";
import type { Domain } from "../../compose";
import { endpoint, type Endpoint } from "../../middleware/endpoint";
import { askerOf } from "../enterprise/enterprise";

/** Members of an enterprise, its users, and who is whom. */
export function memberEndpoints(domain: Domain): Endpoint[] {
  const { memberLists: members, memberMatches: matches, memberUsers, enterpriseUsers: users } = domain;
  return [
    endpoint(memberRoutes.departments, ({ session, params }) => members.departments(session, params.enterpriseId)),
    endpoint(memberRoutes.list, ({ session, params, query }) => members.list(session, params.enterpriseId, query)),
    endpoint(memberRoutes.bind, ({ params, body, ...call }) => members.bind(askerOf(call), params.enterpriseId, body)),
    endpoint(memberRoutes.unbind, ({ params, body, ...call }) =>
      members.unbind(askerOf(call), params.enterpriseId, body.memberId),
    ),
    endpoint(memberRoutes.rules, ({ session, params }) => members.rules(session, params.enterpriseId)),
    endpoint(memberRoutes.saveRules, ({ params, body, ...call }) =>
      members.saveRules(askerOf(call), params.enterpriseId, body),
    ),
    endpoint(memberRoutes.previewMatch, ({ session, params, body }) =>
      matches.preview(session, params.enterpriseId, body.rule),
    ),
    endpoint(memberRoutes.applyMatch, ({ params, body, ...call }) =>
      matches.apply(askerOf(call), params.enterpriseId, body),
    ),
    endpoint(memberRoutes.previewUsers, ({ session, params, body }) =>
      memberUsers.preview(session, params.enterpriseId, body),
    ),
    endpoint(memberRoutes.applyUsers, ({ params, body, ...call }) =>
      memberUsers.apply(askerOf(call), params.enterpriseId, body),
    ),
    endpoint(userRoutes.list, ({ session, params, query }) => users.list(session, params.enterpriseId, query)),
    endpoint(userRoutes.add, ({ params, body, ...call }) => users.add(askerOf(call), params.enterpriseId, body)),
    endpoint(userRoutes.edit, ({ params, body, ...call }) =>
      users.edit(askerOf(call), params.enterpriseId, params.userId, body),
    ),
    endpoint(userRoutes.setState, ({ params, body, ...call }) =>
      users.setState(askerOf(call), params.enterpriseId, params.userId, body.state),
    ),
  ];
}

#include "models/nodes/tools/account_feed.h"

#include "backend/base/qt_text.h"
#include "models/nodes/tools/tool_text.h"

#include <QSet>

namespace fb {

namespace {

    using DeedKind = AccountDeed::Kind;

    AccountRow rowOf(const wire::AccountEntry &entry)
    {
        AccountRow row;
        row.name = toolText(entry.name());
        row.uid = entry.uid();
        row.comment = toolText(entry.comment());
        row.home = toolText(entry.home());
        row.shell = toolText(entry.shell());
        for (const std::string &group : entry.groups())
            row.groups << toolText(group);
        row.lastLogin = fromMicros(entry.last_login_us());
        if (entry.has_locked())
            row.isLocked = entry.locked();
        row.hasNoPassword = entry.no_password();
        row.expires = fromMicros(entry.expires_us());
        row.guarded = toolText(entry.guarded());
        return row;
    }

    GroupRow rowOf(const wire::GroupEntry &entry)
    {
        GroupRow row;
        row.name = toolText(entry.name());
        row.gid = entry.gid();
        for (const std::string &member : entry.members())
            row.members << toolText(member);
        row.primaryOf = static_cast<int>(std::min<uint32_t>(entry.primary_of(), 1'000'000));
        return row;
    }

    wire::ToolRequest requestOf(const AccountDeed &deed)
    {
        wire::ToolRequest request;
        switch (deed.kind) {
        case DeedKind::CreateUser: {
            wire::AccountCreateRequest &create = *request.mutable_account_create();
            create.set_name(toStd(deed.user));
            create.set_comment(toStd(deed.comment));
            create.set_shell(toStd(deed.shell));
            for (const QString &group : deed.groups)
                create.add_groups(toStd(group));
            if (!deed.password.isEmpty())
                create.set_password(deed.password.toStdString());
            break;
        }
        case DeedKind::DeleteUser:
        case DeedKind::DeleteUserAndHome:
            request.mutable_account_delete()->set_name(toStd(deed.user));
            request.mutable_account_delete()->set_uid(deed.number);
            request.mutable_account_delete()->set_remove_home(deed.kind == DeedKind::DeleteUserAndHome);
            break;
        case DeedKind::SetPassword:
            request.mutable_account_password()->set_name(toStd(deed.user));
            request.mutable_account_password()->set_uid(deed.number);
            request.mutable_account_password()->set_password(deed.password.toStdString());
            break;
        case DeedKind::Lock:
        case DeedKind::Unlock:
            request.mutable_account_lock()->set_name(toStd(deed.user));
            request.mutable_account_lock()->set_uid(deed.number);
            request.mutable_account_lock()->set_lock(deed.kind == DeedKind::Lock);
            break;
        case DeedKind::CreateGroup:
            request.mutable_group_create()->set_name(toStd(deed.group));
            break;
        case DeedKind::DeleteGroup:
            request.mutable_group_delete()->set_name(toStd(deed.group));
            request.mutable_group_delete()->set_gid(deed.number);
            break;
        case DeedKind::AddMember:
        case DeedKind::RemoveMember:
            request.mutable_group_member()->set_group(toStd(deed.group));
            request.mutable_group_member()->set_user(toStd(deed.user));
            request.mutable_group_member()->set_member(deed.kind == DeedKind::AddMember);
            break;
        }
        return request;
    }

    // One is told once: the tables know them by their ids.
    template <typename Row, typename Entries>
    QList<Row> rowsOf(const Entries &entries)
    {
        QList<Row> rows;
        QSet<QString> known;
        for (const auto &entry : entries) {
            Row row = rowOf(entry);
            if (known.contains(row.id()))
                continue;
            known.insert(row.id());
            rows << std::move(row);
        }
        return rows;
    }
}

void AccountFeed::list(const QString &nodeId, QObject *asker, Listed listed)
{
    wire::ToolRequest request;
    request.mutable_account_list();
    m_link.ask(nodeId, request, asker, [listed = std::move(listed)](const ToolReply &reply) {
        if (!reply)
            return listed(shownErrorOf(reply.error()), {});
        const wire::AccountList &list = (*reply)->account_list();
        AccountSnapshot snapshot;
        snapshot.accounts = rowsOf<AccountRow>(list.accounts());
        snapshot.groups = rowsOf<GroupRow>(list.groups());
        snapshot.accountTotal = static_cast<int>(std::min<uint32_t>(list.account_total(), 10'000'000));
        snapshot.groupTotal = static_cast<int>(std::min<uint32_t>(list.group_total(), 10'000'000));
        listed({}, snapshot);
    });
}

void AccountFeed::perform(const QString &nodeId, const AccountDeed &deed, QObject *asker, Done done)
{
    m_link.ask(nodeId, requestOf(deed), asker, [done = std::move(done)](const ToolReply &reply) {
        done(reply ? ShownError() : shownErrorOf(reply.error()));
    });
}

}

#include "tests/support/models/fake_account_source.h"

#include <QPointer>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void FakeAccountSource::list(const QString &, QObject *asker, Listed listed)
{
    ++lists;
    QMetaObject::invokeMethod(
        this,
        [this, asker = QPointer(asker), listed = std::move(listed)] {
            if (asker)
                listed(problem.value_or(ShownError()), problem ? AccountSnapshot() : snapshot);
        },
        Qt::QueuedConnection);
}

void FakeAccountSource::perform(const QString &, const AccountDeed &deed, QObject *asker, Done done)
{
    deeds << deed;
    QMetaObject::invokeMethod(
        this,
        [this, asker = QPointer(asker), done = std::move(done)] {
            const ShownError told = std::exchange(refusal, std::nullopt).value_or(ShownError());
            if (asker)
                done(told);
        },
        Qt::QueuedConnection);
}

AccountSnapshot FakeAccountSource::sample(Instant now)
{
    AccountSnapshot snapshot;
    const auto user
        = [&](const QString &name, quint32 uid, const QStringList &groups, const QString &comment,
              const QString &home, const QString &shell, bool isLocked, bool hasNone, Microseconds loginAgo) {
              AccountRow row;
              row.name = name;
              row.uid = uid;
              row.groups = groups;
              row.comment = comment;
              row.home = home;
              row.shell = shell;
              row.isLocked = isLocked;
              row.hasNoPassword = hasNone;
              if (loginAgo.count() > 0)
                  row.lastLogin = now - loginAgo;
              snapshot.accounts << row;
              snapshot.groups << GroupRow {.name = groups.first(), .gid = uid, .members = {}, .primaryOf = 1};
          };
    const QString noLogin = u"/usr/sbin/nologin"_s;
    user(u"root"_s, 0, {u"root"_s}, u"root"_s, u"/root"_s, u"/bin/bash"_s, true, true, 0s);
    snapshot.accounts.last().guarded = u"root"_s;
    user(u"daemon"_s, 1, {u"daemon"_s}, {}, u"/usr/sbin"_s, noLogin, true, true, 0s);
    user(u"www-data"_s, 33, {u"www-data"_s}, {}, u"/var/www"_s, noLogin, true, true, 0s);
    user(u"postgres"_s, 115, {u"postgres"_s, u"ssl-cert"_s}, u"PostgreSQL administrator"_s,
         u"/var/lib/postgresql"_s, u"/bin/bash"_s, true, true, 24h * 12);
    user(u"alice"_s, 1000, {u"alice"_s, u"adm"_s, u"docker"_s, u"ops"_s}, u"Alice Arden"_s, u"/home/alice"_s,
         u"/bin/bash"_s, false, false, 40min);
    user(u"backup-job"_s, 1001, {u"backup-job"_s}, u"nightly dump"_s, u"/srv/backup"_s, u"/bin/sh"_s, true,
         false, 24h * 90);
    user(u"dave"_s, 1002, {u"dave"_s, u"ops"_s}, u"Dave Doe"_s, u"/home/dave"_s, u"/bin/zsh"_s, false, false,
         24h * 3);
    user(u"contractor"_s, 1003, {u"contractor"_s}, {}, u"/home/contractor"_s, u"/bin/bash"_s, false, false,
         24h * 200);
    snapshot.accounts.last().expires = now - 24h * 20;
    user(u"ssm-user"_s, 1004, {u"ssm-user"_s}, {}, u"/home/ssm-user"_s, u"/bin/sh"_s, true, true, 0s);
    snapshot.accounts.last().guarded = u"session"_s;
    snapshot.groups
        << GroupRow {.name = u"adm"_s, .gid = 4, .members = {u"alice"_s}, .primaryOf = 0}
        << GroupRow {.name = u"ssl-cert"_s, .gid = 116, .members = {u"postgres"_s}, .primaryOf = 0}
        << GroupRow {.name = u"docker"_s, .gid = 998, .members = {u"alice"_s}, .primaryOf = 0}
        << GroupRow {.name = u"ops"_s, .gid = 1100, .members = {u"alice"_s, u"dave"_s}, .primaryOf = 0};
    snapshot.accountTotal = static_cast<int>(snapshot.accounts.size());
    snapshot.groupTotal = static_cast<int>(snapshot.groups.size());
    return snapshot;
}

}

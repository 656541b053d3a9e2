#pragma once
// Users and groups of a node as their tables show them, and what may be done to them (spec/fleet-manager.md 3.7). Values; ui thread.

#include "models/table/value_table_model.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <optional>

namespace fb {

struct AccountRow {
    QString name; // neutral for the screen, as all text of the node
    quint32 uid = 0;
    QString comment;
    QString home;
    QString shell;
    QStringList groups; // the primary one first
    Instant lastLogin {}; // 0: never, or not known
    std::optional<bool> isLocked; // nothing: the agent may not know
    bool hasNoPassword = false;
    Instant expires {}; // 0: never
    QString guarded; // it is not deleted: "root", "session"; empty: it may be
    bool operator==(const AccountRow &) const = default;

    QString id() const; // names one account for good: number and name
    bool isExpired(Instant now) const { return toMicros(expires) > 0 && expires <= now; }
};

struct GroupRow {
    QString name;
    quint32 gid = 0;
    QStringList members; // those it is not the primary group of
    int primaryOf = 0; // users
    bool operator==(const GroupRow &) const = default;

    QString id() const;
};

struct AccountSnapshot {
    QList<AccountRow> accounts;
    QList<GroupRow> groups;
    int accountTotal = 0; // may be more than are told
    int groupTotal = 0;
};

// Something done to a user or a group.
struct AccountDeed {
    enum class Kind {
        CreateUser,
        DeleteUser,
        DeleteUserAndHome,
        SetPassword,
        Lock,
        Unlock,
        CreateGroup,
        DeleteGroup,
        AddMember,
        RemoveMember
    };
    Kind kind = Kind::CreateUser;
    QString user;
    QString group;
    quint32 number = 0; // of the user or group that is meant
    QString comment;
    QString shell; // empty: the system's choice
    QStringList groups; // of a new user, besides its own
    QByteArray password; // empty: none. Goes to the node and nowhere else
    bool operator==(const AccountDeed &) const = default;
};

class AccountColumns
{
    Q_DECLARE_TR_FUNCTIONS(fb::AccountColumns)
public:
    enum Column { Name, Number, Groups, State, LastLogin, Home, Shell, Expires, Comment };
    static QList<TableColumn<AccountRow>> all();
    static QString guardWord(const QString &guarded); // why it is not deleted
    // Why the name is not one for a new user or group; empty: it is one.
    static QString nameProblem(const QString &name);
};

class GroupColumns
{
    Q_DECLARE_TR_FUNCTIONS(fb::GroupColumns)
public:
    enum Column { Name, Number, Members, PrimaryOf };
    static QList<TableColumn<GroupRow>> all();
};

}

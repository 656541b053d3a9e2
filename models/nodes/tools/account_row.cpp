#include "models/nodes/tools/account_row.h"

#include "models/table/age_cell.h"
#include "models/table/relative_time.h"

#include <QRegularExpression>

#include <limits>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    TableCell stateCell(const AccountRow &row, Instant now)
    {
        if (row.isExpired(now))
            return {
                .text = AccountColumns::tr("Expired"), .apiWord = u"expired"_s, .state = StateKind::Failed};
        if (row.isLocked && row.hasNoPassword)
            return {.text = AccountColumns::tr("No password"),
                    .apiWord = u"no-password"_s,
                    .toolTip = AccountColumns::tr(
                        "No one can log in with a password, but an SSH key may still work.")};
        if (row.isLocked && *row.isLocked)
            return {
                .text = AccountColumns::tr("Locked"), .apiWord = u"locked"_s, .state = StateKind::Cancelled};
        if (row.isLocked)
            return {.text = AccountColumns::tr("Open"), .apiWord = u"open"_s, .state = StateKind::Success};
        return {.text = u"–"_s, .toolTip = AccountColumns::tr("The agent is not allowed to read this.")};
    }

    TableCell numberCell(quint32 number) { return {.text = QString::number(number), .sortKey = number}; }
}

QString AccountRow::id() const { return u"%1.%2"_s.arg(uid).arg(name); }

QString GroupRow::id() const { return u"%1.%2"_s.arg(gid).arg(name); }

QString AccountColumns::guardWord(const QString &guarded)
{
    if (guarded == u"root")
        return tr("This user has the UID 0 and cannot be deleted.");
    return guarded.isEmpty() ? QString()
                             : tr("Sessions run as this user. It cannot be deleted until they end.");
}

QString AccountColumns::nameProblem(const QString &name)
{
    static const QRegularExpression kName(u"\\A[a-z_][a-z0-9_-]{0,31}\\z"_s);
    if (name.isEmpty())
        return tr("Enter a name.");
    return kName.match(name).hasMatch() ? QString()
                                        : tr("Use 1 to 32 of a-z, 0-9, _ and -, with a letter or _ first.");
}

QList<TableColumn<AccountRow>> AccountColumns::all()
{
    using Row = AccountRow;
    return {
        {.key = u"name"_s,
         //: column title: of a user of a node
         .title = [] { return tr("User"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = row.name,
                                   .toolTip = row.guarded.isEmpty() ? row.name : guardWord(row.guarded)};
             }},
        {.key = u"uid"_s,
         //: column title: number of a user
         .title = [] { return tr("UID"); },
         .cell = [](const Row &row, Instant) { return numberCell(row.uid); },
         .type = FilterType::Number},
        {.key = u"group"_s,
         //: column title: that a user is in
         .title = [] { return tr("Groups"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.groups.join(u", "_s)}; }},
        {.key = u"state"_s,
         //: column title: whether a user can log in with a password
         .title = [] { return tr("Password"); },
         .cell = stateCell},
        {.key = u"login"_s,
         //: column title: of a user
         .title = [] { return tr("Last login"); },
         .cell =
             [](const Row &row, Instant now) {
                 return toMicros(row.lastLogin) > 0
                     ? ageCell(row.lastLogin, now)
                     : TableCell {.text = u"–"_s, .sortKey = std::numeric_limits<qint64>::max()};
             },
         .ages = true,
         .type = FilterType::Time},
        {.key = u"home"_s,
         //: column title: folder of a user
         .title = [] { return tr("Home"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.home}; }},
        {.key = u"shell"_s,
         //: column title: program that a user gets
         .title = [] { return tr("Shell"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.shell}; }},
        {.key = {},
         //: column title: when a user's account ends
         .title = [] { return tr("Expires"); },
         .cell =
             [](const Row &row, Instant) {
                 return toMicros(row.expires) > 0
                     ? TableCell {.text = RelativeTime::exact(row.expires),
                                  .sortKey = qint64(toMicros(row.expires))}
                     : TableCell {.text = tr("never"), .sortKey = std::numeric_limits<qint64>::max()};
             }},
        {.key = u"comment"_s,
         //: column title: of a user, as the node keeps it
         .title = [] { return tr("Full name"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.comment}; }},
    };
}

QList<TableColumn<GroupRow>> GroupColumns::all()
{
    using Row = GroupRow;
    return {
        {.key = u"name"_s,
         //: column title: of a group of a node
         .title = [] { return tr("Group"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.name}; }},
        {.key = u"gid"_s,
         //: column title: number of a group
         .title = [] { return tr("GID"); },
         .cell = [](const Row &row, Instant) { return numberCell(row.gid); },
         .type = FilterType::Number},
        {.key = u"member"_s,
         //: column title: users that are in a group
         .title = [] { return tr("Members"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.members.join(u", "_s)}; }},
        {.key = {},
         //: column title: how many users have the group as their first
         .title = [] { return tr("Primary of"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = row.primaryOf == 0 ? QString()
                                                              : tr("%n user(s)", nullptr, row.primaryOf),
                                   .sortKey = row.primaryOf};
             }},
    };
}

}

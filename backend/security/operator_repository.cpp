#include "backend/security/operator_repository.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"

#include <pwd.h>
#include <unistd.h>

#include <array>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    Principal fromRow(const Row &row)
    {
        return {.name = row.text(0),
                .role = enumNamed<Role>(row.text(1), u"role"_s).value_or(Role::Viewer),
                .source = {}};
    }
}

Result<Principal> OperatorRepository::owner(Transaction &tx, const QString &osUser, Instant now,
                                            const QString &source) const
{
    auto stored
        = tx.execute(u"INSERT INTO operator_account (name, role, created_at) SELECT ?, 'Administrator', ? "
                     "WHERE NOT EXISTS (SELECT 1 FROM operator_account)"_s,
                     {osUser, toSql(now)});
    if (!stored)
        return stored.error();
    auto found = tx.one(u"SELECT name, role FROM operator_account WHERE role = 'Administrator' "
                        "ORDER BY created_at, name LIMIT 1"_s,
                        {}, fromRow);
    if (!found)
        return found.error();
    if (!*found)
        return fail(errors::kInternal, u"The store has operators but no Administrator."_s);
    Principal owner = **found;
    owner.source = source;
    return owner;
}

Result<QList<Principal>> OperatorRepository::all(Reader &reader) const
{
    return reader.all(u"SELECT name, role FROM operator_account ORDER BY name"_s, {}, fromRow);
}

QString osUserName()
{
    passwd entry {};
    passwd *found = nullptr;
    std::array<char, 4096> buffer {};
    if (getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        return QString::fromLocal8Bit(found->pw_name);
    return u"uid-%1"_s.arg(geteuid());
}

}

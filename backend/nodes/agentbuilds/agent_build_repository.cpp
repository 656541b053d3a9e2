#include "backend/nodes/agentbuilds/agent_build_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QString kColumns
        = u"version, platform, architecture, sha256, size_bytes, signature, added_at, added_by"_s;

    AgentBuild buildOf(const Row &row)
    {
        return {.version = row.text(0),
                .platform = row.text(1),
                .architecture = row.text(2),
                .sha256 = row.text(3),
                .size = row.integer(4),
                .signature = QString::fromLatin1(row.bytes(5).toBase64()),
                .addedDate = row.instant(6),
                .addedBy = row.text(7)};
    }

    constexpr auto nothing = [](qint64) {};
}

Result<void> AgentBuildRepository::insert(Transaction &tx, const AgentBuild &build)
{
    return tx
        .execute(u"INSERT INTO agent_build (%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s.arg(kColumns),
                 {build.version, build.platform, build.architecture, build.sha256, build.size,
                  QByteArray::fromBase64(build.signature.toLatin1()), toSql(build.addedDate), build.addedBy})
        .map(nothing);
}

Result<std::optional<AgentBuild>> AgentBuildRepository::find(Reader &reader, const AgentBuildName &name) const
{
    return reader.one(
        u"SELECT %1 FROM agent_build WHERE version = ? AND platform = ? AND architecture = ?"_s.arg(kColumns),
        {name.version, name.platform, name.architecture}, buildOf);
}

Result<QList<AgentBuild>> AgentBuildRepository::all(Reader &reader) const
{
    return reader.all(u"SELECT %1 FROM agent_build"_s.arg(kColumns), {}, buildOf);
}

Result<void> AgentBuildRepository::remove(Transaction &tx, const AgentBuildName &name)
{
    return tx
        .execute(u"DELETE FROM agent_build WHERE version = ? AND platform = ? AND architecture = ?"_s,
                 {name.version, name.platform, name.architecture})
        .map(nothing);
}

Result<bool> AgentBuildRepository::isUsed(Reader &reader, const QString &sha256) const
{
    return reader
        .one(u"SELECT COUNT(*) FROM agent_build WHERE sha256 = ?"_s, {sha256},
             [](const Row &row) { return row.integer(0) > 0; })
        .map([](const std::optional<bool> &used) { return used.value_or(false); });
}

Result<ReleaseKey> AgentBuildRepository::releaseKey(Reader &reader) const
{
    return reader
        .one(u"SELECT public_key, set_at, set_by FROM release_key WHERE id = 1"_s, {},
             [](const Row &row) {
                 return ReleaseKey {.key = row.bytes(0), .setAt = row.instant(1), .setBy = row.text(2)};
             })
        .map([](const std::optional<ReleaseKey> &key) { return key.value_or(ReleaseKey()); });
}

Result<void> AgentBuildRepository::setReleaseKey(Transaction &tx, const QByteArray &key, Instant at,
                                                 const QString &by)
{
    if (auto removed = tx.execute(u"DELETE FROM release_key WHERE id = 1"_s, {}); !removed)
        return removed.error();
    return tx
        .execute(u"INSERT INTO release_key (id, public_key, set_at, set_by) VALUES (1, ?, ?, ?)"_s,
                 {key, toSql(at), by})
        .map(nothing);
}

}

// What ArtifactStore tells of the room that artifacts take.
#include "backend/store/artifact_store.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    ArtifactKind kindNamed(const QString &name)
    {
        for (const ArtifactKind kind : {ArtifactKind::Output, ArtifactKind::Recording,
                                        ArtifactKind::DocumentFile, ArtifactKind::AgentBuild}) {
            if (artifactKindName(kind) == name)
                return kind;
        }
        return ArtifactKind::Other;
    }
}

QFuture<Result<ArtifactUsage>> ArtifactStore::usage()
{
    const QString sealed = sharesBytes()
        ? u"SELECT kind, CAST(sum(bytes) AS BIGINT) FROM (SELECT kind, max(durable_length) AS bytes "
          "FROM artifact WHERE state = 'sealed' GROUP BY kind, sha256) AS one GROUP BY kind"_s
        : u"SELECT kind, CAST(sum(durable_length) AS BIGINT) FROM artifact WHERE state = 'sealed' GROUP BY "
          "kind"_s;
    return m_database.read([sealed](Reader &reader) -> Result<ArtifactUsage> {
        ArtifactUsage usage;
        const QString open
            = u"SELECT kind, CAST(sum(durable_length) AS BIGINT) FROM artifact WHERE state = 'open' "
              "GROUP BY kind"_s;
        for (const QString &sql : {sealed, open}) {
            auto read = reader.each(sql, {}, [&usage](const Row &row) {
                usage.byKind[static_cast<size_t>(kindNamed(row.text(0)))] += row.integer(1);
            });
            if (!read)
                return read.error();
        }
        return usage;
    });
}

Result<QList<ArtifactInfo>> ArtifactStore::oldest(Reader &reader, ArtifactKind kind, int most) const
{
    return reader.all(u"SELECT id, owner, durable_length, sha256 FROM artifact WHERE state = 'sealed' AND "
                      "kind = ? ORDER BY sealed_at, id LIMIT %1"_s.arg(most),
                      {artifactKindName(kind)}, [](const Row &row) {
                          return ArtifactInfo {.id = row.id<ArtifactId>(0),
                                               .owner = row.text(1),
                                               .sealed = true,
                                               .durableLength = row.integer(2),
                                               .sha256 = row.text(3)};
                      });
}

Result<void> ArtifactStore::admit(const QString &owner, qint64 bytes) const
{
    return m_admission ? m_admission(artifactKindOf(owner), bytes) : Result<void>();
}

Result<bool> ArtifactStore::isHeld(Reader &reader, const QString &sha256) const
{
    return reader.number(u"SELECT count(*) FROM artifact WHERE sha256 = ? AND state = 'sealed'"_s, {sha256})
        .map([](qint64 holders) { return holders > 0; });
}

}

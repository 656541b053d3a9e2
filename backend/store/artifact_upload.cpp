#include "backend/store/artifact_upload.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"

namespace fb {

using namespace Qt::StringLiterals;

ArtifactUpload::ArtifactUpload(ArtifactStore &artifacts, Database &database, QString owner, qint64 size,
                               QObject *parent)
    : QObject(parent),
      m_artifacts(artifacts),
      m_database(database),
      m_owner(std::move(owner)),
      m_size(size)
{
    connect(&m_artifacts, &ArtifactStore::durable, this, &ArtifactUpload::becameDurable);
}

ArtifactUpload::~ArtifactUpload() { drop(); }

void ArtifactUpload::drop()
{
    if (std::exchange(m_isOpen, false))
        (void)m_database.write([this](Transaction &tx) { return m_artifacts.remove(tx, m_artifact); });
}

Result<bool> ArtifactUpload::begin()
{
    const auto known = m_artifacts.find(m_database.reader(), m_owner);
    if (!known)
        return known.error();
    if (*known && (*known)->sealed)
        return true;
    if (auto admitted = m_artifacts.admit(m_owner, m_size); !admitted)
        return admitted.error();
    if (*known) { // of one that was broken off
        auto removed
            = m_database.write([&](Transaction &tx) { return m_artifacts.remove(tx, (*known)->id); });
        if (!removed)
            return removed.error();
    }
    const auto opened = m_artifacts.open(m_owner);
    if (!opened)
        return opened.error();
    m_artifact = opened->id;
    m_isOpen = true;
    QMetaObject::invokeMethod(
        this, [this] { m_size > 0 ? emit taken(0) : seal(); }, Qt::QueuedConnection);
    return false;
}

Result<void> ArtifactUpload::take(const QByteArray &bytes)
{
    if (!m_isOpen)
        return {};
    if (m_taken + bytes.size() > m_size) {
        drop();
        return fail(errors::kValidation, u"More than the %1 bytes of Size came."_s.arg(m_size), u"Size"_s);
    }
    if (auto appended = m_artifacts.append(m_artifact, bytes); !appended) {
        drop();
        return appended.error();
    }
    m_taken += bytes.size();
    m_artifacts.flush();
    return {};
}

void ArtifactUpload::becameDurable(const ArtifactId &id, qint64 length)
{
    if (!m_isOpen || id != m_artifact || length < m_taken)
        return;
    emit taken(m_taken);
    if (m_taken == m_size)
        seal();
}

void ArtifactUpload::seal()
{
    onResult(m_artifacts.seal(m_artifact), this, [this](const Result<ArtifactInfo> &outcome) {
        const bool isWhat = outcome && m_owner.endsWith(u'/' + outcome->sha256);
        if (!isWhat)
            drop();
        m_isOpen = false;
        if (isWhat || !outcome)
            emit sealed(outcome);
        else
            emit sealed(Result<ArtifactInfo>(qtError(
                errors::kValidation, u"The bytes that came have another SHA-256: %1."_s.arg(outcome->sha256),
                u"Sha256"_s)));
    });
}

}

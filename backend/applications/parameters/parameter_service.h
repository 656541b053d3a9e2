#pragma once
// Parameter Store's rules: AWS's operations on parameters, and what other rooms of the engine ask of it (spec/parameter-store.md). Every
// change writes its event and its audit entry in the same transaction; every reading of a secret is audited. Values that were opened are
// Qt text on their way to whoever asked: wiped nowhere but in here. Engine thread.

#include "backend/applications/parameters/decrypted_parameters.h"
#include "backend/applications/parameters/parameter_checks.h"
#include "backend/applications/parameters/parameter_journal.h"
#include "backend/applications/parameters/parameter_keys.h"
#include "backend/applications/parameters/parameter_list_repository.h"
#include "backend/applications/parameters/parameter_mark_repository.h"
#include "backend/applications/parameters/parameter_name.h"
#include "backend/applications/parameters/parameter_policy_repository.h"
#include "backend/applications/parameters/parameter_repository.h"
#include "backend/applications/parameters/public_parameters.h"
#include "backend/security/access.h"
#include "backend/store/database.h"

#include <QObject>

namespace fb {

class AuditLog;
class EventBus;
class PagingTokens;
class ServiceSettings;

class ParameterService : public QObject
{
    Q_OBJECT

public:
    struct Parts { // borrowed for life
        Database &database;
        AuditLog &audit;
        EventBus &events;
        const Access &access;
        const PagingTokens &tokens;
        const ServiceSettings &settings;
        ParameterKeySource &keySource;
        const Clock &clock;
        Random &random;
    };

    explicit ParameterService(Parts parts, const ParameterLimits &limits = {}, QObject *parent = nullptr);
    ~ParameterService() override;
    Result<void> start(); // makes the first key, goes on with what waits
    void setMostParameters(qint64 standard, qint64 advanced) // of each tier; the fleet's settings
    {
        m_limits.standard = standard;
        m_limits.advanced = advanced;
    }

    // ---- Operations
    Result<PutParameterResult> putParameter(const Principal &who, const PutParameterRequest &request);
    Result<Parameter> getParameter(const Principal &who, const GetParameterRequest &request);
    Result<GetParametersResult> getParameters(const Principal &who, const GetParametersRequest &request);
    Result<GetParametersByPathResult> getParametersByPath(const Principal &who,
                                                          const GetParametersByPathRequest &request);
    Result<GetParameterHistoryResult> getParameterHistory(const Principal &who,
                                                          const GetParameterHistoryRequest &request);
    Result<DescribeParametersResult> describeParameters(const Principal &who,
                                                        const DescribeParametersRequest &request);
    Result<LabelParameterVersionResult> labelParameterVersion(const Principal &who,
                                                              const ParameterLabelsRequest &request);
    Result<UnlabelParameterVersionResult> unlabelParameterVersion(const Principal &who,
                                                                  const ParameterLabelsRequest &request);
    Result<void> deleteParameter(const Principal &who, const QString &name);
    Result<DeleteParametersResult> deleteParameters(const Principal &who,
                                                    const DeleteParametersRequest &request);

    // Add/Remove/ListTagsForResource with ResourceType Parameter: InvalidResourceId.
    Result<void> addTags(const Principal &who, const QString &name, const QList<ParameterTag> &tags);
    Result<void> removeTags(const Principal &who, const QString &name, const QStringList &keys);
    Result<QList<ParameterTag>> listTags(const Principal &who, const QString &name);

    // The tree: the paths right below one ("/" at the root), in byte order after one of them, with their counts.
    Result<QList<ParameterPath>> paths(const Principal &who, const QString &path, const QString &after = {},
                                       int limit = 1000);

    ParameterKeys &keys() { return m_keys; }
    PublicParameters &publicParameters() { return m_public; }

    // ---- For the other rooms
    // What {{ssm:name}} or {{ssm:name:selector}} stands for: of a String or StringList that `who` may read. InvalidParameters naming it.
    Result<QString> referencedValue(const Principal &who, const QString &name, const QString &selector);

    // Does what policies want that are due; how many acted. By itself when the next one is due, and every minute.
    Result<int> sweep();

signals:
    void parametersChanged(
        const QStringList &names); // canonical; made, changed, labelled, tagged, deleted; after commit

private:
    struct Found {
        ParameterHead head;
        ParameterVersion version;
        QString selector;
    };
    struct Writing; // one PutParameter on its way

    Result<void> allow(const Principal &who, Action action, const QString &canonicalName,
                       const QString &resource = {});
    static Error notFound(const QString &asGiven);
    static Error versionNotFound(const QString &name, qint64 version);
    QString userArn(const Principal &who) const;

    // parameter_writes.cpp
    Result<PutParameterResult> put(Transaction &tx, Writing &writing);
    Result<void> settleTypeAndKey(Transaction &tx, Writing &writing);
    Result<void> settleTier(Transaction &tx, Writing &writing);
    Result<void> checkValue(Writing &writing);
    Result<void> makeRoom(Transaction &tx, const Writing &writing);
    Result<void> store(Transaction &tx, Writing &writing);
    Result<void> storePolicies(Transaction &tx, const Writing &writing);
    Result<void> seal(Transaction &tx, Writing &writing);

    // parameter_reads.cpp
    Result<Found> find(Reader &reader, const ParameterReference &reference, const QString &asGiven) const;
    Result<QString> shownValue(const Principal &who, Action action, const ParameterHead &head,
                               const ParameterVersion &version, bool decrypt);
    Result<Parameter> shown(const Principal &who, Action action, const Found &found, bool decrypt);
    Result<Parameter> read(const Principal &who, Action action, const ParameterReference &reference,
                           const QString &asGiven, bool decrypt);
    GetParametersByPathResult publicByPath(const GetParametersByPathRequest &request,
                                           const QString &after) const;
    std::optional<DescribeParametersResult> publicMetadata(const DescribeParametersRequest &request,
                                                           const ParameterConditions &conditions,
                                                           const QString &after) const;
    Result<ParameterMetadata> metadataOf(Reader &reader, const ParameterHead &head,
                                         const ParameterVersion &version) const;

    // parameter_service.cpp
    Result<ParameterVersion> versionOf(Reader &reader, const ParameterHead &head, qint64 version) const;
    Result<std::optional<ParameterHead>> headToChange(Transaction &tx, const QString &canonicalName) const;
    Result<void> remove(Transaction &tx, const Principal &who, Action action, const ParameterHead &head);
    Result<QString> taggable(const Principal &who, Action action, const QString &name);
    Result<void>
    changeTags(const Principal &who, Action action, const QString &name,
               const std::function<Result<QList<ParameterTag>>(const QList<ParameterTag> &)> &change);
    Result<int> sweepOnce();
    Result<bool> act(Transaction &tx, const ParameterPolicyRepository::Due &due);
    void scheduleSweep();
    void changed(Transaction &tx, const ParameterHead &head);
    void countPath(Transaction &tx, const QString &canonicalName, int by);

    Parts m_parts;
    ParameterLimits m_limits;
    ParameterRepository m_rows;
    ParameterMarkRepository m_marks;
    ParameterPolicyRepository m_policies;
    ParameterListRepository m_lists;
    ParameterKeys m_keys;
    ParameterJournal m_journal;
    PublicParameters m_public;
    DecryptedParameters m_decrypted;
    QTimer m_sweepTimer;
    int m_pathFinisher;
};

}

#include "models/nodes/activations/activations_feed.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/core/text_safety.h"
#include "backend/nodes/activations/activation_service.h"

#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr int kPage = 50; // the most of one page of the API

    ActivationRow rowOf(const Activation &activation)
    {
        ActivationRow row {.id = toQString(activation.id),
                           .defaultName = activation.defaultInstanceName,
                           .description = activation.description,
                           .profile = activation.iamRole,
                           .limit = activation.registrationLimit,
                           .used = activation.registrationsCount,
                           .expires = activation.expirationDate,
                           .created = activation.createdDate,
                           .createdBy = activation.createdBy,
                           .tags = {},
                           .requiresApproval = activation.requiresApproval,
                           .networks = activation.allowedNetworks,
                           .boundNode = toQString(activation.boundNode),
                           .raw = {}};
        for (const Tag &tag : activation.tags)
            row.tags << tag.key + u'=' + tag.value;
        row.raw = toQString(withVisibleEscapes(
            QJsonDocument(toJson(activation)).toJson(QJsonDocument::Indented).toStdString()));
        return row;
    }

    QList<ActivationRow> rowsOf(const QList<Activation> &activations)
    {
        QList<ActivationRow> rows;
        for (const Activation &activation : activations)
            rows << rowOf(activation);
        return rows;
    }
}

ActivationsFeed::ActivationsFeed(EngineThread &engine, QObject *parent)
    : QObject(parent),
      m_engine(engine) { }

void ActivationsFeed::start(News news)
{
    m_news = std::move(news);
    if (!std::exchange(m_isFollowing, true)) {
        const auto followed = m_engine.post([this](Engine &engine) -> Result<void> {
            connect(&engine.activations(), &ActivationService::activationsChanged, this,
                    [this](const QList<Activation> &changed) { m_news.arrived(rowsOf(changed)); });
            connect(&engine.activations(), &ActivationService::activationDeleted, this,
                    [this](const ActivationId &id) { m_news.removed({toQString(id)}); });
            return {};
        });
        onResult(followed, this, [](const Result<void> &) {});
    }
    readFrom({});
}

void ActivationsFeed::readFrom(const QString &token)
{
    const auto read = m_engine.post([token](Engine &engine) {
        DescribeActivationsRequest request;
        request.maxResults = kPage;
        request.nextToken = token;
        return engine.activations().describeActivations(engine.atConsole(), request);
    });
    onResult(read, this, [this](const Result<DescribeActivationsResult> &page) {
        if (!page)
            return m_news.failed(shownErrorOf(page.error()));
        m_news.arrived(rowsOf(page->activations));
        if (page->nextToken.isEmpty())
            return m_news.complete(false);
        readFrom(page->nextToken);
    });
}

void ActivationsFeed::remove(const QString &id, std::function<void(const ShownError &problem)> done)
{
    const auto removed = m_engine.post([id](Engine &engine) {
        return engine.activations().deleteActivation(engine.atConsole(), toId<ActivationId>(id));
    });
    onResult(removed, this, [done](const Result<void> &answer) {
        done(answer ? ShownError() : shownErrorOf(answer.error()));
    });
}

}

#pragma once
// DocumentsSource from the engine in this process. Ui thread. Lives until the engine has stopped.

#include "backend/engine/engine_thread.h"
#include "models/shared/documents/documents_source.h"

namespace fb {

class DocumentsFeed : public QObject, public DocumentsSource
{
    Q_OBJECT
public:
    explicit DocumentsFeed(EngineThread &engine, QObject *parent = nullptr);

    void start(News news) override;
    Instant now() const override { return m_clock.now(); }
    void read(const QString &name, const QString &version, Done<DocumentText> done) override;
    void readVersions(const QString &name, Done<QList<DocumentVersionRow>> done) override;
    void save(const DocumentEdit &edit, Done<DocumentSaved> done) override;
    void changeFiles(const DocumentFilesEdit &edit, Done<DocumentSaved> done) override;
    void setDefault(const QString &name, const QString &version, Done<> done) override;
    void remove(const QString &name, const QString &version, Done<> done) override;
    std::optional<QString> convert(const QString &content, const QString &from, const QString &to) override;
    DocumentCompletions completions(const DocumentEdit &edit, qsizetype position) override;
    QList<StepPlugin> plugins() override;
    std::optional<QString> addStep(const DocumentEdit &edit, const NewStep &step) override;
    DryRun dryRun(const DocumentEdit &edit, const QMap<QString, QStringList> &values,
                  const QString &platform) override;
    QList<DocumentProblem> check(const DocumentEdit &edit) override;

private:
    void readAll();

    EngineThread &m_engine;
    SystemClock m_clock;
    News m_news;
    bool m_isFollowing = false;
    bool m_isReading = false;
    bool m_isStale = false; // changed while it was being read
};

}

#pragma once
// Documents of the test's choice, kept in memory: saving makes versions.

#include "models/shared/documents/documents_source.h"
#include "tests/support/models/fake_list_source.h"

namespace fb::test {

class FakeDocumentsSource : public FakeListSource<DocumentRow, DocumentsSource>
{
public:
    void read(const QString &name, const QString &version, Done<DocumentText> done) override;
    void readVersions(const QString &name, Done<QList<DocumentVersionRow>> done) override;
    void save(const DocumentEdit &edit, Done<DocumentSaved> done) override;
    void changeFiles(const DocumentFilesEdit &edit, Done<DocumentSaved> done) override;
    void setDefault(const QString &name, const QString &version, Done<> done) override;
    void remove(const QString &name, const QString &version, Done<> done) override;
    // Between brackets it is JSON.
    std::optional<QString> convert(const QString &content, const QString &from, const QString &to) override;
    // "aws:runShellScript" and "aws:runDocument" wherever "aws:" was written.
    DocumentCompletions completions(const DocumentEdit &edit, qsizetype position) override;
    QList<StepPlugin> plugins() override; // aws:runShellScript, aws:runDocument
    std::optional<QString> addStep(const DocumentEdit &edit,
                                   const NewStep &step) override; // a line at the end
    QList<NewStep> newSteps;
    // One step for each value of "name".
    DryRun dryRun(const DocumentEdit &edit, const QMap<QString, QStringList> &values,
                  const QString &platform) override;
    // A line that holds "wrong" is a fault, one that holds "odd" a warning.
    QList<DocumentProblem> check(const DocumentEdit &edit) override;

    static QList<DocumentRow> sample(Instant now); // 9 documents, 3 of them own
    static QString sampleContent();

    QHash<QString, QStringList> contents; // own documents by name; a version each
    QHash<QString, int> defaults;
    QSet<QString> gone; // versions: "name/2"
    QList<DocumentEdit> saves;
    QHash<QString, QList<DocumentFileRow>> files; // attached: "name/2"
    QList<DocumentFilesEdit> fileChanges;
    QSet<QString> fetching; // "name/2": its files come with filesCame()
    QList<DocumentFileRow> onTheirWay;
    void filesCame(const QString &nameAndVersion, const QString &why = {}); // `why`: they do not
    QString failure; // of every version that is read
    std::optional<ShownError> refusal; // of the next save
    std::optional<ShownError> defaultRefusal; // the next save makes a version, but not the default
};

}

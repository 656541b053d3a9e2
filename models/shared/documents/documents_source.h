#pragma once
// Where the document pages' values come from and their wishes go. DocumentsFeed answers with the engine in this process; tests answer with
// values. Answers come later, on the ui thread.

#include "models/shared/documents/document_row.h"
#include "models/table/list_view_model.h"

namespace fb {

class DocumentsSource : public ListSource<DocumentRow>
{
public:
    template <typename... Answer>
    using Done = std::function<void(const ShownError &problem, const Answer &...answer)>; // no problem: empty

    // `version`: a number, or empty for the default one.
    virtual void read(const QString &name, const QString &version, Done<DocumentText> done) = 0;
    virtual void readVersions(const QString &name, Done<QList<DocumentVersionRow>> done) = 0; // newest first
    // A new document, or a new version. InvalidDocumentVersion when somebody else has made a version since `basedOn`.
    virtual void save(const DocumentEdit &edit, Done<DocumentSaved> done) = 0;
    // Reads the files, and makes a version that brings them.
    virtual void changeFiles(const DocumentFilesEdit &edit, Done<DocumentSaved> done) = 0;
    virtual void setDefault(const QString &name, const QString &version, Done<> done) = 0;
    virtual void remove(const QString &name, const QString &version, Done<> done) = 0; // empty: all of it
    // The same content in the other format; nothing when it cannot be read. Comments and order of keys may go. At once.
    virtual std::optional<QString> convert(const QString &content, const QString &from, const QString &to)
        = 0;
    // What may stand at a place of a text; at once.
    virtual DocumentCompletions completions(const DocumentEdit &edit, qsizetype position) = 0;
    virtual QList<StepPlugin> plugins() = 0;
    // The text with one more step; nothing where it cannot be read. At once.
    virtual std::optional<QString> addStep(const DocumentEdit &edit, const NewStep &step) = 0;
    // Values by parameter; platform: Linux, MacOS, Windows. Of a Command document; at once.
    virtual DryRun dryRun(const DocumentEdit &edit, const QMap<QString, QStringList> &values,
                          const QString &platform)
        = 0;
    // Every fault and warning of a text, in the order of its lines; at once.
    virtual QList<DocumentProblem> check(const DocumentEdit &edit) = 0;
};

using DocumentsViewModel = ValueListViewModel<DocumentRow, DocumentsSource>;

}

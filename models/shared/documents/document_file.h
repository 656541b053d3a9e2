#pragma once
// A document's text from a file that a person chose (security U08): a regular file, or a link to one, of at most 64 KiB in UTF-8. Devices,
// FIFOs, folders and huge files are refused before anything is read, so that no read ever hangs. Any thread.

#include <QCoreApplication>
#include <QString>

namespace fb {

struct DocumentFile {
    Q_DECLARE_TR_FUNCTIONS(fb::DocumentFile)
public:
    static constexpr qint64 kMostBytes = 65'536; // spec/documents.md 2.3

    QString content;
    QString format; // by the name's ending, else by the first character: "JSON", "YAML"
    QString name; // proposed: the file's name without what a document's name may not hold
    QString refusal; // why it was not taken; empty: it was

    static DocumentFile read(const QString &path);
};

}

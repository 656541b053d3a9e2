#pragma once
// Editor of documents: colours of YAML or JSON, indentation that goes on, spaces for Tab, faults underlined where they stand. Tab indents;
// Esc, then Tab leaves the field, so that the keyboard is never caught; Esc twice is Esc for what it stands in. Ui thread.

#include "ui/text/numbered_text.h"

#include <QSyntaxHighlighter>

#include <functional>

class QCompleter;
class QStandardItemModel;

namespace fb {

enum class CodeLanguage { Plain, Yaml, Json };

class CodeEditor : public NumberedText
{
    Q_OBJECT
public:
    explicit CodeEditor(const QString &objectName, QWidget *parent = nullptr);

    void setLanguage(CodeLanguage language);
    struct Fault {
        int line = 0; // from 1
        int column = 0;
        QString message;
        bool isWarning = false;
    };
    void setFaults(const QList<Fault> &faults);
    // What may be written at a place: asked while one types, and by Ctrl+Space.
    struct Proposal {
        QString text;
        QString detail;
    };
    struct Proposals {
        qsizetype from = 0; // where the word begins that one of them replaces
        QList<Proposal> items;
    };
    void setProposals(std::function<Proposals(const QString &text, qsizetype position)> propose);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void takeKey(QKeyEvent *event);
    void underline();
    void indentSelection(bool deeper);
    void newLine();
    void showProposals();
    void takeProposal(const QModelIndex &index);

    QSyntaxHighlighter *m_colours;
    QList<Fault> m_faults;
    std::function<Proposals(const QString &, qsizetype)> m_propose;
    QCompleter *m_completer = nullptr;
    QStandardItemModel *m_proposals = nullptr;
    qsizetype m_proposalsFrom = 0;
    bool m_leaves = false; // the last key was Esc
};

}

#pragma once
// Starts a program on a node, apart from the agent: program, one argument a line, folder, user. No shell is between. Ui thread.

#include "models/nodes/tools/process_row.h"
#include "ui/widgets/sheet.h"

class QLineEdit;
class QPlainTextEdit;

namespace fb {

class FormField;

class StartProcessSheet : public Sheet
{
    Q_OBJECT
public:
    StartProcessSheet(const QString &nodeName, QWidget *window);

signals:
    void chosen(const fb::ProcessDeed &deed);

private:
    void submit();

    QLineEdit *m_program;
    QPlainTextEdit *m_arguments;
    QLineEdit *m_folder;
    QLineEdit *m_user;
    FormField *m_programField;
    FormField *m_folderField;
};

}

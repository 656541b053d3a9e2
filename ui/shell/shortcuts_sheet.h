#pragma once
// Ctrl+/: every key of the console in one list, each changeable (ux.md 10). A clash is refused at its field and says with what. Ui thread.

#include "ui/widgets/sheet.h"

#include <QHash>

class QGridLayout;
class QLineEdit;
class QToolButton;

namespace fb {

class CommandRegistry;
class KeyField;
class TextLabel;
struct ShellCommand;

class ShortcutsSheet : public Sheet
{
    Q_OBJECT
public:
    ShortcutsSheet(CommandRegistry &commands, QWidget *window);

private:
    struct Row {
        KeyField *field;
        QToolButton *reset;
        TextLabel *problem;
        QList<QWidget *> widgets;
        QString words; // what the filter looks at
        QString section;
    };
    void addSection(const QString &title);
    void addCommand(const ShellCommand &command);
    void addFixed(const QString &what, const QString &keys);
    void show(const QString &name);
    void filter(const QString &typed);

    CommandRegistry &m_commands;
    QLineEdit *m_filter;
    QGridLayout *m_grid;
    QList<Row> m_rows;
    QHash<QString, qsizetype> m_rowOf; // by command
    QHash<QString, QWidget *> m_sections;
    QString m_section;
};

}

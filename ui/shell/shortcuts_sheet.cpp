#include "ui/shell/shortcuts_sheet.h"

#include "ui/shell/command_registry.h"
#include "ui/shell/key_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

ShortcutsSheet::ShortcutsSheet(CommandRegistry &commands, QWidget *window)
    : Sheet(tr("Keyboard shortcuts"), window),
      m_commands(commands),
      m_filter(new QLineEdit),
      m_grid(new QGridLayout)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"shortcutsSheet"_s);
    m_filter->setObjectName(u"shortcutsFilter"_s);
    m_filter->setPlaceholderText(tr("Filter by command or key"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    auto *how = new TextLabel(
        tr("Press new keys in a field to change it. Backspace removes the keys of a command."),
        TextRole::Small, Token::Text2);
    how->setWordWrap(true);
    m_grid->setHorizontalSpacing(m.step(3));
    m_grid->setVerticalSpacing(m.step(1.5));
    m_grid->setColumnStretch(0, 1);
    body()->setSpacing(m.step(3));
    body()->addWidget(m_filter);
    body()->addWidget(how);
    body()->addLayout(m_grid);
    body()->addStretch(1);
    for (const ShellCommand &command : commands.commands()) {
        if (command.menu != m_section)
            addSection(command.menu);
        addCommand(command);
    }
    addSection(tr("Everywhere"));
    const QList<FixedKey> fixed = CommandRegistry::fixedKeys();
    for (const FixedKey &key : fixed)
        addFixed(key.what, key.keys.toString(QKeySequence::NativeText));
    auto *done = makeButton(u"shortcutsClose"_s, tr("Close"), Icon::None, ButtonKind::Primary);
    foot()->addStretch(1);
    foot()->addWidget(done);
    connect(done, &QPushButton::clicked, this, &Sheet::close);
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutsSheet::filter);
    connect(&commands, &CommandRegistry::keysChanged, this, &ShortcutsSheet::show);
}

void ShortcutsSheet::addSection(const QString &title)
{
    m_section = title;
    if (m_sections.contains(title))
        return;
    auto *heading = new TextLabel(title, TextRole::SectionHeading);
    m_grid->addWidget(heading, m_grid->rowCount(), 0, 1, 3);
    m_sections.insert(title, heading);
}

void ShortcutsSheet::addCommand(const ShellCommand &command)
{
    const Metrics &m = themeOf(this).metrics();
    const int line = m_grid->rowCount();
    auto *what = new TextLabel(command.text, TextRole::Body);
    what->setElided(Qt::ElideRight);
    auto *field = new KeyField;
    field->setObjectName(u"keys-"_s + command.name);
    field->setAccessibleName(command.text);
    field->setFixedWidth(m.lines(9));
    auto *reset = makeIconButton(u"keysReset-"_s + command.name, Icon::Again,
                                 tr("Reset to the default keys: %1").arg(command.text));
    auto *problem = new TextLabel({}, TextRole::Small);
    problem->setTone(Tone::Failed);
    problem->setObjectName(u"keysProblem-"_s + command.name);
    problem->setWordWrap(true);
    problem->hide();
    m_grid->addWidget(what, line, 0);
    m_grid->addWidget(field, line, 1);
    m_grid->addWidget(reset, line, 2);
    m_grid->addWidget(problem, line + 1, 0, 1, 3);
    m_rowOf.insert(command.name, m_rows.size());
    m_rows.append({field, reset, problem, {what, field, reset, problem}, command.text, m_section});
    connect(field, &KeyField::keysPressed, this,
            [this, name = command.name, problem](const QKeySequence &keys) {
                const QString why = m_commands.problemWith(keys, name);
                problem->setText(why);
                problem->setVisible(!why.isEmpty());
                m_rows[m_rowOf.value(name)].field->setAccessibleDescription(why);
                if (why.isEmpty())
                    m_commands.setKeys(name, keys);
            });
    connect(reset, &QToolButton::clicked, this,
            [this, name = command.name, usual = command.shortcut, problem] {
                const QString why = m_commands.problemWith(usual, name);
                problem->setText(why);
                problem->setVisible(!why.isEmpty());
                m_commands.resetKeys(name);
            });
    show(command.name);
}

void ShortcutsSheet::addFixed(const QString &what, const QString &keys)
{
    const int line = m_grid->rowCount();
    auto *label = new TextLabel(what, TextRole::Body);
    label->setElided(Qt::ElideRight);
    auto *value = new TextLabel(keys, TextRole::Body, Token::Text2);
    m_grid->addWidget(label, line, 0);
    m_grid->addWidget(value, line, 1, 1, 2);
    m_rows.append({nullptr, nullptr, nullptr, {label, value}, what + u' ' + keys, m_section});
}

void ShortcutsSheet::show(const QString &name)
{
    const Row &row = m_rows[m_rowOf.value(name)];
    row.field->setKeys(m_commands.keysOf(name));
    row.reset->setEnabled(m_commands.isChosen(name));
}

void ShortcutsSheet::filter(const QString &typed)
{
    QSet<QString> kept;
    for (const Row &row : std::as_const(m_rows)) {
        const QString words = row.field ? row.words + u' ' + row.field->text() : row.words;
        const bool shown = words.contains(typed.trimmed(), Qt::CaseInsensitive)
            || row.section.contains(typed.trimmed(), Qt::CaseInsensitive);
        for (QWidget *widget : row.widgets)
            widget->setVisible(shown && (widget != row.problem || !row.problem->text().isEmpty()));
        if (shown)
            kept.insert(row.section);
    }
    for (auto section = m_sections.cbegin(); section != m_sections.cend(); ++section)
        section.value()->setVisible(kept.contains(section.key()));
}

}

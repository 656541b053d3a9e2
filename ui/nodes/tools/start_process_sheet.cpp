#include "ui/nodes/tools/start_process_sheet.h"

#include "ui/theme/theme.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/lines_field.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

StartProcessSheet::StartProcessSheet(const QString &nodeName, QWidget *window)
    : Sheet(tr("Start a process on %1").arg(nodeName), window),
      m_program(new QLineEdit),
      m_arguments(new LinesField),
      m_folder(new QLineEdit),
      m_user(new QLineEdit)
{
    setObjectName(u"startProcessSheet"_s);
    m_program->setObjectName(u"startProgram"_s);
    m_arguments->setObjectName(u"startArguments"_s);
    const Metrics &m = themeOf(this).metrics();
    m_arguments->setFont(themeOf(this).font(TextRole::Code));
    m_arguments->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_arguments->document()->setDocumentMargin(m.step(1.5));
    m_arguments->setFixedHeight(m.lines(5));
    m_folder->setObjectName(u"startFolder"_s);
    m_folder->setPlaceholderText(u"/"_s);
    m_user->setObjectName(u"startUser"_s);
    m_programField = new FormField(tr("Program"), m_program,
                                   tr("A path such as /usr/bin/rsync, or a name that is looked up."), true);
    m_folderField = new FormField(tr("Folder"), m_folder, tr("Where it starts. If empty, /."), true);
    body()->addWidget(m_programField);
    body()->addWidget(new FormField(
        tr("Arguments"), m_arguments,
        tr("One per line, passed as they are: no shell reads them, so nothing is quoted or expanded."),
        true));
    body()->addWidget(m_folderField);
    body()->addWidget(
        new FormField(tr("User"), m_user, tr("The user it runs as. If empty, the agent's own."), true));
    body()->addStretch(1);
    auto *cancel = makeButton(u"startCancel"_s, tr("Cancel"));
    auto *start = makeButton(u"startConfirm"_s, tr("Start"), Icon::Start, ButtonKind::Primary);
    markChange(start);
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(start);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(start, &QPushButton::clicked, this, &StartProcessSheet::submit);
    for (QLineEdit *edit : {m_program, m_folder, m_user})
        connect(edit, &QLineEdit::returnPressed, start, &QPushButton::click);
    connect(m_program, &QLineEdit::textEdited, this, [this] { m_programField->setError({}); });
    connect(m_folder, &QLineEdit::textEdited, this, [this] { m_folderField->setError({}); });
}

void StartProcessSheet::submit()
{
    ProcessDeed deed {.kind = ProcessDeed::Kind::Start};
    deed.program = m_program->text().trimmed();
    deed.folder = m_folder->text().trimmed();
    deed.user = m_user->text().trimmed();
    if (const QString lines = m_arguments->toPlainText(); !lines.isEmpty())
        deed.arguments = lines.split(u'\n');
    if (deed.program.isEmpty() || (deed.program.contains(u'/') && !deed.program.startsWith(u'/'))) {
        m_programField->setError(tr("Enter a name, or a path that begins with /."));
        return m_program->setFocus();
    }
    if (!deed.folder.isEmpty() && !deed.folder.startsWith(u'/')) {
        m_folderField->setError(tr("Enter a path that begins with /."));
        return m_folder->setFocus();
    }
    emit chosen(deed);
    close();
}

}

#include "models/table/table_text.h"

#include "backend/base/csv.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QString oneLine(QString cell)
    {
        return cell.replace(u'\t', u' ').replace(u'\n', u' ').replace(u'\r', u' ');
    }

    QString markdownCell(const QString &cell)
    {
        QString text = oneLine(cell);
        for (const char16_t sign : {u'\\', u'|', u'`', u'*', u'_', u'<', u'[', u'#', u'&'})
            text.replace(QChar(sign), u'\\' + QString(QChar(sign)));
        return text;
    }
}

TableText::TableText(TextForm form, const QAbstractItemModel &model, const QList<int> &columns, int role)
    : m_form(form),
      m_model(model),
      m_columns(columns),
      m_role(role)
{
    for (const int column : columns) {
        QString title = model.headerData(column, Qt::Horizontal).toString();
        while (form == TextForm::Json && m_titles.contains(title))
            title += u'_'; // members have names of their own
        m_titles << title;
    }
}

QString TableText::cell(int row, int column) const
{
    const QModelIndex index = m_model.index(row, column);
    const QVariant wanted = index.data(m_role);
    return wanted.isValid() ? wanted.toString() : index.data().toString();
}

QString TableText::line(const QStringList &cells) const
{
    if (m_form == TextForm::Csv)
        return csvLine(cells);
    QStringList safe;
    for (const QString &cell : cells)
        safe << (m_form == TextForm::TabSeparated ? csvNeutralised(oneLine(cell)) : markdownCell(cell));
    return m_form == TextForm::TabSeparated ? safe.join(u'\t') + u'\n'
                                            : u"| "_s + safe.join(u" | "_s) + u" |\n"_s;
}

QString TableText::head() const
{
    if (m_form == TextForm::Json)
        return u"[\n"_s;
    QString head = line(m_titles);
    if (m_form == TextForm::Markdown)
        head += u"| "_s + QStringList(m_columns.size(), u"---"_s).join(u" | "_s) + u" |\n"_s;
    return head;
}

QString TableText::row(int row, bool isFirst) const
{
    QStringList cells;
    for (const int column : m_columns)
        cells << cell(row, column);
    if (m_form != TextForm::Json)
        return line(cells);
    QJsonObject object;
    for (qsizetype i = 0; i < cells.size(); ++i)
        object[m_titles[i]] = cells[i];
    return (isFirst ? u"  "_s : u",\n  "_s)
        + QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString TableText::tail() const { return m_form == TextForm::Json ? u"\n]\n"_s : QString(); }

QString TableText::of(TextForm form, const QAbstractItemModel &model, const QList<int> &columns,
                      const QList<int> &rows, int role, bool withHeader)
{
    const TableText text(form, model, columns, role);
    QString all
        = withHeader || form == TextForm::Json || form == TextForm::Markdown ? text.head() : QString();
    for (qsizetype i = 0; i < rows.size(); ++i)
        all += text.row(rows[i], i == 0);
    all += text.tail();
    return form == TextForm::TabSeparated && all.endsWith(u'\n') ? all.chopped(1) : all;
}

}

#include "backend/terminal/html_export.h"

#include "backend/core/text_safety.h"

#include <fmt/format.h>

namespace fb {

namespace {
    std::string styleOf(const Pen &pen, const TerminalPalette &palette)
    {
        const PenColors colors = colorsOf(pen, palette);
        std::string style;
        if (colors.foreground != palette.foreground)
            style += fmt::format("color:#{:06x};", colors.foreground);
        if (colors.background != palette.background)
            style += fmt::format("background:#{:06x};", colors.background);
        if (pen.has(Pen::Bold))
            style += "font-weight:bold;";
        if (pen.has(Pen::Italic))
            style += "font-style:italic;";
        if (pen.underline != UnderlineStyle::None || pen.has(Pen::Strike) || pen.has(Pen::Overline)) {
            constexpr const char *kStyles[] = {"", "", " double", " wavy", " dotted", " dashed"};
            style += "text-decoration:";
            style += pen.underline != UnderlineStyle::None ? " underline" : "";
            style += pen.has(Pen::Strike) ? " line-through" : "";
            style += pen.has(Pen::Overline) ? " overline" : "";
            style += kStyles[size_t(pen.underline)];
            style += ';';
        }
        return style;
    }

    void appendEscaped(std::string &html, const std::string &text)
    {
        for (const char c : text) {
            if (c == '<')
                html += "&lt;";
            else if (c == '>')
                html += "&gt;";
            else if (c == '&')
                html += "&amp;";
            else if (c == '"')
                html += "&quot;";
            else
                html += c;
        }
    }
}

std::string htmlBegin(const TerminalPalette &palette)
{
    return fmt::format("<pre style=\"color:#{:06x};background:#{:06x};font-family:monospace\">",
                       palette.foreground, palette.background);
}

std::string htmlEnd() { return "</pre>"; }

std::string htmlOfLines(const std::vector<LineCells> &lines, const TerminalPalette &palette)
{
    return htmlBegin(palette) + htmlRows(lines, palette) + htmlEnd();
}

std::string htmlRows(const std::vector<LineCells> &lines, const TerminalPalette &palette)
{
    std::string html;
    for (size_t row = 0; row < lines.size(); ++row) {
        const LineCells &line = lines[row];
        const size_t end = line.wraps ? line.cells.size() : line.textEnd();
        for (size_t from = 0, to; from < end; from = to) {
            for (to = from + 1; to < end && line.cells[to].pen == line.cells[from].pen; ++to) { }
            std::string text;
            line.appendText(text, from, to);
            const std::string style = styleOf(line.pens[line.cells[from].pen], palette);
            if (!style.empty())
                html += "<span style=\"" + style + "\">";
            appendEscaped(html, withVisibleEscapes(text)); // marks that turn the text round, too
            if (!style.empty())
                html += "</span>";
        }
        if (!line.wraps && row + 1 < lines.size())
            html += '\n';
    }
    return html;
}

}

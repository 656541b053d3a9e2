#include "tests/bench/terminal/payloads.h"

#include <fmt/format.h>

#include <random>

namespace fb::bench {

namespace {
    using Generator = std::mt19937;

    int upTo(Generator &random, int most) { return int(random() % unsigned(most)); }

    std::string words(Generator &random, size_t length)
    {
        static constexpr const char *kWords[]
            = {"the",   "operator",   "restarts",  "nginx", "on",  "web-tyo-03", "while",
               "200",   "GET",        "/api/cart", "0.031", "and", "nobody",     "notices",
               "INFO:", "10.20.3.31", "checkout",  "timed", "out", "again"};
        std::string line;
        while (line.size() < length)
            line += std::string(kWords[upTo(random, int(std::size(kWords)))]) + ' ';
        return line.substr(0, length);
    }

    std::string dense(Generator &random) { return words(random, size_t(60 + upTo(random, 20))) + "\r\n"; }

    std::string colors(Generator &random)
    {
        std::string screen = "\033[H";
        for (int row = 0; row < 24; ++row) {
            for (int column = 0; column < 80; ++column)
                screen += fmt::format("\033[38;5;{};48;5;{}m{}", upTo(random, 256), upTo(random, 256),
                                      char(33 + upTo(random, 94)));
            screen += row < 23 ? "\r\n" : "";
        }
        return screen;
    }

    std::string wide(Generator &random)
    {
        static constexpr const char *kCharacters[]
            = {"日", "本", "語", "の", "端", "末", "は", "幅", "が", "二", "つ", "文",
               "字", "を", "正", "し", "く", "表", "示", "運", "用", "担", "当", "者"};
        std::string line;
        for (int i = 0; i < 39; ++i)
            line += kCharacters[upTo(random, int(std::size(kCharacters)))];
        return line + "\r\n";
    }

    std::string region(Generator &random) { return "\033[2;22r\033[22;1H" + words(random, 30) + "\r\n"; }

    std::string cursor(Generator &random)
    {
        return fmt::format("\033[{};{}H{}", 1 + upTo(random, 24), 1 + upTo(random, 80),
                           char(33 + upTo(random, 94)));
    }

    std::string filled(size_t size, std::string (*piece)(Generator &))
    {
        Generator random(1);
        std::string bytes;
        while (bytes.size() < size)
            bytes += piece(random);
        return bytes;
    }
}

std::vector<Payload> payloads(size_t size)
{
    return {{"dense", "lines of text", 31, filled(size, dense)},
            {"colour", "256 colours, new for each character", 26.5, filled(size, colors)},
            {"wide", "lines of Japanese", 31, filled(size, wide)},
            {"region", "lines in a scrolling region", 25, filled(size, region)},
            {"cursor", "a character here and there", 45, filled(size, cursor)}};
}

}

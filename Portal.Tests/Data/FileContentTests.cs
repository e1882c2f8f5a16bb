using System.IO.Compression;
using System.Text;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>Kinds by content: the first bytes as the formats' own descriptions give them.</summary>
public sealed class FileContentTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", FileKind.Empty)]
    [InlineData("mã trạm,pH\r\nNB1,7\t8\n", FileKind.Text)]
    [InlineData("\uFEFFa;b\n", FileKind.Text)]
    [InlineData("{\"type\": \"FeatureCollection\", \"features\": []}", FileKind.GeoJson)]
    [InlineData(" \n<html><script>alert(1)</script>", FileKind.Markup)]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", FileKind.Markup)]
    [InlineData("%PDF-1.7\n", FileKind.Pdf)]
    [InlineData("#!/bin/sh\nrm -rf /\n", FileKind.Other)]
    [InlineData("{\\rtf1 a}", FileKind.Other)]
    [InlineData("a\0b", FileKind.Other)]
    [InlineData("a\u0008b", FileKind.Other)]
    public void KindOf_Text_IsByItsLetters(string content, FileKind kind) => Assert.Equal(kind, FileContent.KindOf(folder.Write("ten.xlsx", content)));

    [Theory]
    [InlineData("89504E470D0A1A0A0000000D49484452", FileKind.Png)]
    [InlineData("FFD8FFE000104A464946", FileKind.Jpeg)]
    [InlineData("4D5A90000300", FileKind.Other)]
    [InlineData("7F454C460201", FileKind.Other)]
    [InlineData("1F8B0800", FileKind.Other)]
    [InlineData("504B0304", FileKind.Other)]
    [InlineData("D0CF11E0A1B11AE1", FileKind.Other)]
    [InlineData("FFFE610062000A00", FileKind.Text)]
    [InlineData("FFFE61000000", FileKind.Other)]
    public void KindOf_Bytes_IsByTheirBeginning(string hex, FileKind kind) => Assert.Equal(kind, FileContent.KindOf(Write(Convert.FromHexString(hex))));

    [Fact]
    public void KindOf_TextThatTurnsIntoSomethingElseLate_IsOther() => Assert.Equal(FileKind.Other, FileContent.KindOf(folder.Write("a.csv", new string('a', 300_000) + "\0")));

    [Theory]
    [InlineData("WordDocument", FileKind.Doc)]
    [InlineData("Workbook", FileKind.Xls)]
    [InlineData("Book", FileKind.Xls)]
    [InlineData("EncryptedPackage", FileKind.Encrypted)]
    [InlineData("_VBA_PROJECT", FileKind.Macros)]
    [InlineData("!_StringPool", FileKind.Other)]
    public void KindOf_OfficeOfOld_IsByItsDirectory(string entry, FileKind kind) => Assert.Equal(kind, FileContent.KindOf(Write(Compound(entry))));

    [Fact]
    public void KindOf_Packages_IsByTheirParts()
    {
        Assert.Equal(FileKind.Xlsx, FileContent.KindOf(Zip(("[Content_Types].xml", "<a/>"), ("xl/workbook.xml", "<a/>"))));
        Assert.Equal(FileKind.Docx, FileContent.KindOf(Zip(("[Content_Types].xml", "<a/>"), ("word/document.xml", "<a/>"))));
        Assert.Equal(FileKind.Macros, FileContent.KindOf(Zip(("[Content_Types].xml", "<a/>"), ("xl/workbook.xml", "<a/>"), ("xl/vbaProject.bin", "a"))));
        Assert.Equal(FileKind.Other, FileContent.KindOf(Zip(("xl/workbook.bin", "a"))));
        Assert.Equal(FileKind.Other, FileContent.KindOf(Zip(("xl/workbook.xml", "<a/>"), ("chay.exe", "MZ"))));
        Assert.Equal(FileKind.Shapefile, FileContent.KindOf(Zip(("xa.shp", "a"), ("xa.dbf", "a"))));
    }

    [Fact]
    public void KindOf_Zip_IsOneOfDocumentsOnly()
    {
        Assert.Equal(FileKind.Zip, FileContent.KindOf(Zip(("a/", ""), ("a/bao cao.pdf", "%PDF-1.7"), ("so lieu.csv", "a,b\n"))));
        Assert.Equal(FileKind.Other, FileContent.KindOf(Zip(("bao cao.pdf", "%PDF-1.7"), ("bao cao 2.pdf", "MZ\0\0"))));
        Assert.Equal(FileKind.Other, FileContent.KindOf(Zip(("trang.csv", "<script>"))));
        Assert.Equal(FileKind.Other, FileContent.KindOf(Zip([.. Enumerable.Range(0, 201).Select(i => ($"{i}.txt", "a"))])));
        Assert.Equal(FileKind.Other, FileContent.KindOf(Zip(("trong.zip", Encoding.Latin1.GetString(File.ReadAllBytes(Zip(("a.txt", "a"))))))));
        Assert.Equal(FileKind.Other, FileContent.KindOf(Zip(("bom.txt", new string('0', 31 * 1024 * 1024)))));
    }

    // 3,000 entries of which the end declares one: nobody lists them to find out.
    [Fact]
    public void KindOf_ZipOfThousandsOfEntries_IsNotLookedInto()
    {
        var content = File.ReadAllBytes(Zip([.. Enumerable.Range(0, 3000).Select(i => ($"xl/{i}", ""))]));
        Assert.Equal(FileKind.Other, FileContent.KindOf(Write(content)));
        (content[^14], content[^13], content[^12], content[^11]) = (1, 0, 1, 0);
        Assert.Equal(FileKind.Other, FileContent.KindOf(Write(content)));
    }

    private string Write(byte[] content)
    {
        var path = Path.Combine(folder.Path, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, content);
        return path;
    }

    private string Zip(params (string Name, string Content)[] entries)
    {
        var path = Path.Combine(folder.Path, Guid.NewGuid().ToString("N"));
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(Encoding.Latin1.GetBytes(content));
        }
        return path;
    }

    // [MS-CFB] 2.6.1: 64 bytes of name, at 64 its length with the zero at its end, at 66 what it is.
    private static byte[] Compound(string entry)
    {
        var file = new byte[1024];
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(file, 0);
        Encoding.Unicode.GetBytes(entry).CopyTo(file, 640);
        file[640 + 64] = (byte)((entry.Length + 1) * 2);
        file[640 + 66] = 2;
        return file;
    }
}
